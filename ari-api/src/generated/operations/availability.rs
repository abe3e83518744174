// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Availabilities of operations and parameters. Each recurs and has one name.

use crate::runtime::{Availability, Version};

pub(super) const IN_12_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_14_TO_24: Availability = Availability {
    releases: &[14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_15_TO_24: Availability = Availability {
    releases: &[15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_16_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_17_TO_24: Availability = Availability {
    releases: &[17, 18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_18_TO_24: Availability = Availability {
    releases: &[18, 19, 20, 21, 22, 23, 24],
    since: &[],
    until: &[],
};

pub(super) const IN_V12_1_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 1, 0)],
    until: &[],
};

pub(super) const IN_V12_2_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 2, 0)],
    until: &[],
};

pub(super) const IN_V12_3_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 3, 0)],
    until: &[],
};

pub(super) const IN_V12_5_0_13_TO_24: Availability = Availability {
    releases: &[12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(12, 5, 0)],
    until: &[],
};

pub(super) const IN_V13_10_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 10, 0)],
    until: &[],
};

pub(super) const IN_V13_13_0_V14_2_0_15_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 13, 0), Version::new(14, 2, 0)],
    until: &[],
};

pub(super) const IN_V13_25_0_V16_2_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 25, 0), Version::new(16, 2, 0)],
    until: &[],
};

pub(super) const IN_V13_26_0_V16_3_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 26, 0), Version::new(16, 3, 0)],
    until: &[],
};

pub(super) const IN_V13_27_0_V16_4_0_17_TO_24: Availability = Availability {
    releases: &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 27, 0), Version::new(16, 4, 0)],
    until: &[],
};

pub(super) const IN_V13_2_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 2, 0)],
    until: &[],
};

pub(super) const IN_V13_3_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 3, 0)],
    until: &[],
};

pub(super) const IN_V13_5_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 5, 0)],
    until: &[],
};

pub(super) const IN_V13_6_0_14_TO_24: Availability = Availability {
    releases: &[13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(13, 6, 0)],
    until: &[],
};

pub(super) const IN_V16_11_0_V17_5_0_18_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 11, 0), Version::new(17, 5, 0)],
    until: &[],
};

pub(super) const IN_V16_2_0_17_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 2, 0)],
    until: &[],
};

pub(super) const IN_V16_6_0_V17_1_0_18_TO_24: Availability = Availability {
    releases: &[16, 17, 18, 19, 20, 21, 22, 23, 24],
    since: &[Version::new(16, 6, 0), Version::new(17, 1, 0)],
    until: &[],
};

pub(super) const IN_V18_20_0_V20_5_0_21_TO_24: Availability = Availability {
    releases: &[18, 20, 21, 22, 23, 24],
    since: &[Version::new(18, 20, 0), Version::new(20, 5, 0)],
    until: &[],
};

pub(super) const IN_V20_13_0_V21_8_0_V22_3_0_23_24: Availability = Availability {
    releases: &[20, 21, 22, 23, 24],
    since: &[Version::new(20, 13, 0), Version::new(21, 8, 0), Version::new(22, 3, 0)],
    until: &[],
};

pub(super) const IN_V20_16_0_V21_11_0_V22_6_0_23_24: Availability = Availability {
    releases: &[20, 21, 22, 23, 24],
    since: &[Version::new(20, 16, 0), Version::new(21, 11, 0), Version::new(22, 6, 0)],
    until: &[],
};

pub(super) const IN_V20_17_0_V22_7_0_V23_1_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 17, 0), Version::new(22, 7, 0), Version::new(23, 1, 0)],
    until: &[],
};

pub(super) const IN_V20_18_0_V22_8_0_V23_2_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 18, 0), Version::new(22, 8, 0), Version::new(23, 2, 0)],
    until: &[],
};

pub(super) const IN_V20_19_0_V22_9_0_V23_3_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 19, 0), Version::new(22, 9, 0), Version::new(23, 3, 0)],
    until: &[],
};

pub(super) const IN_V20_20_0_V22_10_0_V23_4_0_24: Availability = Availability {
    releases: &[20, 22, 23, 24],
    since: &[Version::new(20, 20, 0), Version::new(22, 10, 0), Version::new(23, 4, 0)],
    until: &[],
};

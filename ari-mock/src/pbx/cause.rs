//! Why calls end: the causes of Q.850, as Asterisk words them.

pub(crate) fn text(cause: i64) -> &'static str {
    match cause {
        1 => "Unallocated (unassigned) number",
        16 => "Normal Clearing",
        17 => "User busy",
        18 => "No user responding",
        19 => "User alerting, no answer",
        20 => "Subscriber absent",
        21 => "Call Rejected",
        26 => "Answered elsewhere",
        28 => "Invalid number format",
        31 => "Normal, unspecified",
        34 => "Circuit/channel congestion",
        38 => "Network out of order",
        58 => "Bearer capability not available",
        102 => "Recover on timer expiry",
        127 => "Interworking, unspecified",
        _ => "Unknown",
    }
}

/// The cause of a `reason` of hanging up.
pub(crate) fn of_reason(reason: &str) -> Option<i64> {
    Some(match reason {
        "normal" => 16,
        "busy" => 17,
        "congestion" => 34,
        "no_answer" => 19,
        "timeout" => 102,
        "rejected" => 21,
        "unallocated" => 1,
        "normal_unspecified" => 31,
        "number_incomplete" => 28,
        "codec_mismatch" => 58,
        "interworking" => 127,
        "failure" => 38,
        "answered_elsewhere" => 26,
        _ => return None,
    })
}

/// The status by which SIP tells a cause.
pub(crate) fn sip_status(cause: i64) -> Option<i64> {
    Some(match cause {
        1 => 404,
        17 => 486,
        19 => 480,
        21 => 403,
        34 => 503,
        _ => return None,
    })
}

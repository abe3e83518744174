// Package lines has the three steps that the guide of ari-calls counts, written for version 6 of
// github.com/CyCoreSystems/ari by its public API. The guide counts the lines of the bodies, without
// comments.
package lines

import (
	"context"
	"time"

	"github.com/CyCoreSystems/ari/v6"
	"github.com/CyCoreSystems/ari/v6/ext/play"
	"github.com/CyCoreSystems/ari/v6/ext/record"
	"github.com/CyCoreSystems/ari/v6/rid"
)

// collectDigits asks for four digits. The caller of all three cancels the context at StasisEnd.
func collectDigits(ctx context.Context, h *ari.ChannelHandle) (string, error) {
	res, err := play.Prompt(ctx, h,
		play.URI("sound:vm-enter-num-to-call"),
		play.MatchLenOrTerminator(4, "#"),
		play.DigitTimeouts(5*time.Second, 2*time.Second, 30*time.Second),
		play.Replays(1),
	).Result()
	if err != nil {
		return "", err
	}
	if res.MatchResult != play.Complete {
		return "", nil
	}
	return res.DTMF, nil
}

// connect connects a caller to an endpoint.
func connect(ctx context.Context, cl ari.Client, h *ari.ChannelHandle) error {
	ended := h.Subscribe(ari.Events.StasisEnd)
	defer ended.Cancel()
	if err := h.Ring(); err != nil {
		return err
	}
	callee, err := h.Create(ari.ChannelCreateRequest{Endpoint: "PJSIP/200", App: "app", AppArgs: "callee"})
	if err != nil {
		return err
	}
	defer callee.Hangup()
	changed := callee.Subscribe(ari.Events.ChannelStateChange)
	defer changed.Cancel()
	gone := callee.Subscribe(ari.Events.ChannelDestroyed)
	defer gone.Cancel()
	if err := callee.Dial(h.ID(), 20*time.Second); err != nil {
		return err
	}
	for answered := false; !answered; {
		select {
		case e := <-changed.Events():
			answered = e.(*ari.ChannelStateChange).Channel.State == "Up"
		case <-gone.Events():
			if err := h.StopRing(); err != nil {
				return err
			}
			return play.Play(ctx, h, play.URI("sound:vm-nobodyavail")).Err()
		case <-ended.Events():
			return nil
		}
	}
	if err := h.Answer(); err != nil {
		return err
	}
	key := h.Key().New(ari.BridgeKey, rid.New(rid.Bridge))
	bridge, err := cl.Bridge().Create(key, "mixing", key.ID)
	if err != nil {
		return err
	}
	defer bridge.Delete()
	for _, id := range []string{h.ID(), callee.ID()} {
		if err := bridge.AddChannel(id); err != nil {
			return err
		}
	}
	select {
	case <-ended.Events():
	case <-gone.Events():
	}
	return nil
}

// takeMessage records a message that the caller reviews.
func takeMessage(ctx context.Context, h *ari.ChannelHandle, name string) error {
	if err := h.Answer(); err != nil {
		return err
	}
	if err := play.Play(ctx, h, play.URI("sound:vm-intro")).Err(); err != nil {
		return err
	}
	for {
		rec, err := record.Record(ctx, h, record.Beep(), record.TerminateOn("#"),
			record.MaxSilence(5*time.Second), record.MaxDuration(2*time.Minute)).Result()
		if err != nil {
			return err
		}
		choice := "2"
		if rec.Duration < 2*time.Second {
			choice = "3"
		}
		for choice == "2" && !rec.Hangup {
			res, err := play.Prompt(ctx, h, play.URI("sound:vm-review"),
				play.MatchDiscrete([]string{"1", "2", "3", "*"}), play.Replays(2)).Result()
			if err != nil {
				return err
			}
			choice = res.DTMF
			if choice == "2" {
				if err := play.Play(ctx, h, play.URI(rec.URI())).Err(); err != nil {
					return err
				}
			}
		}
		if choice == "3" || choice == "*" {
			err = rec.Delete()
		} else {
			err = rec.Save(name)
		}
		if err != nil || rec.Hangup {
			return err
		}
		if choice != "3" {
			return play.Play(ctx, h, play.URI("sound:vm-goodbye")).Err()
		}
	}
}

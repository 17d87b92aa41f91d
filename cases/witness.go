package cases

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"expediente/cases/access"
	"expediente/cases/audit"
	"expediente/models"
)

// view is a view of a matter that waits to be written.
type view struct {
	entry audit.Entry
	done  chan error
}

// witness records that by saw something of a matter, and returns when the entry is durable: no
// page leaves before it. Views that arrive while others are being written share one transaction.
func (r *Registry) witness(ctx context.Context, by Actor, verb access.Verb, matter models.ID) error {
	v := view{
		entry: audit.Entry{At: int64(models.At(r.Now())), By: idBytes(by.ID), Verb: string(verb), Matter: idBytes(matter)},
		done:  make(chan error, 1),
	}
	select {
	case r.views <- v:
	case <-ctx.Done():
		return ctx.Err()
	case <-r.closed:
		return errClosed
	}
	select {
	case err := <-v.done:
		return err
	case <-ctx.Done(): // whoever asked has gone; the entry is written all the same
		return ctx.Err()
	}
}

var errClosed = errors.New("the registry is being closed")

// writeViews writes the views that came together in one transaction, until the registry closes.
func (r *Registry) writeViews() {
	for {
		select {
		case v := <-r.views:
			r.writeBatch(r.gather(v))
		case <-r.closed:
			return
		}
	}
}

// gather takes the views that are already waiting.
func (r *Registry) gather(first view) []view {
	batch := []view{first}
	for len(batch) < 256 {
		select {
		case v := <-r.views:
			batch = append(batch, v)
		default:
			return batch
		}
	}
	return batch
}

func (r *Registry) writeBatch(batch []view) {
	list := make([]pending, len(batch))
	for i, v := range batch {
		list[i] = pending{entry: v.entry}
	}
	// One visitor's cancelled request must not lose another's entry.
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	err := r.DB.Write.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return r.appendEntries(ctx, tx, list)
	})
	for _, v := range batch {
		v.done <- err
	}
}

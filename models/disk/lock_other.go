//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package disk

// Lock does nothing where the system has no advisory locks: one process then owns the data folder.
func (f osFile) Lock() error { return nil }

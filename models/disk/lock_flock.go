//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package disk

import "syscall"

// Lock takes the advisory lock of the file, which the system drops when it is closed.
func (f osFile) Lock() error {
	for {
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != syscall.EINTR {
			return err
		}
	}
}

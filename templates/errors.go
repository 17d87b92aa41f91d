package templates

// ErrorPage is what errors/error.html needs.
type ErrorPage struct {
	Base
	Kind   string   // not_found, denied, conflict, invalid, failed, busy, too_large, expired, read_only
	ID     string   // the request's number, for Kind failed
	Detail string   // what exactly, already in words; may be ""
	Points []string // what would be allowed instead, for instance
	Ways   []Link   // where to go from here; the first page when empty
}

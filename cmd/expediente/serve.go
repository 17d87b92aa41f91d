package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"time"

	"expediente/cases"
	"expediente/handlers"
	"expediente/templates"
	"expediente/templates/locale"
)

// ListenFlags say where the pages are served.
type ListenFlags struct {
	Address string   `default:"localhost:8080" env:"EXPEDIENTE_ADDRESS" help:"Address to listen on; port 0 takes a free one."`
	Cert    string   `type:"existingfile" env:"EXPEDIENTE_TLS_CERT" help:"TLS certificate file (PEM)."`
	Key     string   `type:"existingfile" env:"EXPEDIENTE_TLS_KEY" help:"TLS key file (PEM)."`
	Behind  bool     `name:"behind-tls" env:"EXPEDIENTE_BEHIND_TLS" help:"Something in front of it speaks TLS (a reverse proxy that passes Host on): cookies are for https only, and plain HTTP is served on any address. Let nobody else reach that address."`
	Proxies []string `name:"trust-forwarded-from" placeholder:"ADDRESS" env:"EXPEDIENTE_TRUST_FORWARDED_FROM" help:"Address or network (10.0.0.7, 10.0.0.0/24) of a proxy whose X-Forwarded-For is believed; may be given several times. Without it, limits on sign-ins count the proxy as one address."`
	Plain   bool     `name:"insecure-plain-http" env:"EXPEDIENTE_INSECURE_PLAIN_HTTP" help:"Serve plain HTTP on an address that others reach. Whoever is on the way reads everything."`
}

// ServeCmd starts the network's registry.
type ServeCmd struct {
	DataFlags
	ListenFlags
}

// Run serves until it is told to stop.
func (cmd ServeCmd) Run(ctx context.Context, s Streams) error {
	if err := cmd.check(); err != nil { // before a registry is made
		return err
	}
	r, err := cases.Open(ctx, cmd.options())
	if err != nil {
		return err
	}
	defer r.Close()
	if err := private(cmd.Data); err != nil {
		return err
	}
	if err := refold(ctx, r, s); err != nil {
		return err
	}
	return cmd.listen(ctx, r, s, func(address string) error {
		fmt.Fprintf(s.Out, "Expediente is at %s\nData: %s\n", address, cmd.Data)
		if cmd.Behind {
			fmt.Fprintln(s.Out, "People open the https address of what stands in front of it, not this one.")
		}
		return offerSetup(ctx, r, s, address)
	})
}

// refold folds anew what was folded with other rules than today's, and says so.
func refold(ctx context.Context, r *cases.Registry, s Streams) error {
	n, err := r.Reproject(ctx, false)
	if err == nil && n > 0 {
		fmt.Fprintf(s.Err, "The rules have changed: %d matters were folded anew.\n", n)
	}
	return err
}

// offerSetup prints the one-time setup address while the registry has no account. The code stands
// behind the # so that no server and no log sees it.
func offerSetup(ctx context.Context, r *cases.Registry, s Streams, address string) error {
	code, err := r.OfferSetup(ctx)
	if errors.Is(err, cases.ErrSetupClosed) {
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "\nNobody has an account yet. Open this address once, to make the first:\n\n  %s/setup#%s\n\nIt asks for the one-time code %s, and is closed for ever afterwards.\n", address, code, code)
	return nil
}

// listen serves r's pages, and calls ready with the address once they can be opened.
func (f ListenFlags) listen(ctx context.Context, r *cases.Registry, s Streams, ready func(address string) error) error {
	if err := f.check(); err != nil {
		return err
	}
	proxies, err := f.proxies()
	if err != nil {
		return err
	}
	site, err := newSite(r, handlers.Options{Secure: f.Cert != "" || f.Behind, Proxies: proxies}, s)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.Address)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", f.Address, err)
	}
	server := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(slog.NewJSONHandler(s.Err, nil), slog.LevelWarn)}
	failed := make(chan error, 1)
	go func() {
		if f.Cert != "" {
			failed <- server.ServeTLS(listener, f.Cert, f.Key)
		} else {
			failed <- server.Serve(listener)
		}
	}()
	if err := ready(f.url(listener)); err != nil {
		return err
	}
	tidy(ctx, r, s)
	housekeeping := time.NewTicker(time.Hour)
	defer housekeeping.Stop()
	for {
		select {
		case err := <-failed:
			return err
		case <-housekeeping.C:
			tidy(ctx, r, s)
		case <-ctx.Done():
			stop, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			return server.Shutdown(stop)
		}
	}
}

// check refuses plain HTTP where others could listen in, and half of what TLS needs.
func (f ListenFlags) check() error {
	if (f.Cert == "") != (f.Key == "") {
		return errors.New("TLS needs both --cert and --key")
	}
	host, _, err := net.SplitHostPort(f.Address)
	if err != nil {
		return fmt.Errorf("the address %q is not host:port", f.Address)
	}
	if _, err := f.proxies(); err != nil {
		return err
	}
	if f.Cert != "" || f.Behind || f.Plain || host == "localhost" || net.ParseIP(host).IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s can be reached by others, and without TLS they read everything: give --cert and --key, or --behind-tls if something in front of it speaks TLS", f.Address)
}

// proxies are the networks whose word on where a request came from is taken.
func (f ListenFlags) proxies() (list []netip.Prefix, err error) {
	for _, text := range f.Proxies {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			address, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("--trust-forwarded-from takes an address or a network such as 10.0.0.0/24; %q is neither", text)
			}
			p = netip.PrefixFrom(address, address.BitLen())
		}
		list = append(list, p)
	}
	return list, nil
}

// url is where it listens. What stands in front of it has an address of its own.
func (f ListenFlags) url(l net.Listener) string {
	scheme := "http"
	if f.Cert != "" {
		scheme = "https"
	}
	host, _, _ := net.SplitHostPort(f.Address)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return scheme + "://" + net.JoinHostPort(host, port)
}

func newSite(r *cases.Registry, o handlers.Options, s Streams) (http.Handler, error) {
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	pages, err := templates.New(words)
	if err != nil {
		return nil, err
	}
	o.Registry, o.Templates, o.Words = r, pages, words
	o.Log = slog.New(slog.NewJSONHandler(s.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if os.Getenv("EXPEDIENTE_LOG") == "info" {
		o.Log = slog.New(slog.NewJSONHandler(s.Err, nil))
	}
	return handlers.New(o), nil
}

// tidy removes what is over: ended sessions, uploads cut off before their row was written.
func tidy(ctx context.Context, r *cases.Registry, s Streams) {
	if err := r.EndOldSessions(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(s.Err, "removing ended sessions:", err)
	}
	if _, err := r.SweepFiles(ctx); err != nil && ctx.Err() == nil {
		fmt.Fprintln(s.Err, "removing unfinished uploads:", err)
	}
}

//! Addresses against a server on this machine that does everything a server must not.

#![allow(clippy::unwrap_used, reason = "a server that cannot be set up has failed its test")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crossread::source::{Cache, Limits, Opened, Opener, Origin, Stage, Wanted};

const PAGE: &str = "<!doctype html><html><head><title>Ship hits bridge - The Post</title></head><body><h1>Ship hits bridge</h1>\
<p>A ship hit the swing bridge at Pellmouth on Tuesday, and nobody on board of it was hurt, the harbour master said.</p>\
<p>The bridge will be shut for six weeks, and the ferry will run twice an hour until then, the council said.</p></body></html>";

/// A server that answers every connection with one of its functions, and remembers what it was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (answer, log) = (Arc::new(answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let request = request(&mut stream);
                    log.lock().unwrap().push(request.clone());
                    answer(&mut stream, &request);
                });
            }
        });
        Self { port, asked }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The head of a request.
fn request(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    // Whoever went away does not want it.
    let _ = stream.write_all(format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n").as_bytes());
    let _ = stream.write_all(body);
}

fn answering(head: &'static str, body: Vec<u8>) -> Server {
    Server::new(move |stream, _| send(stream, head, &body))
}

fn limits() -> Limits {
    Limits { seconds: 3, bytes: 1 << 20, unpacked: 1 << 20, ..Limits::default() }
}

fn open(address: &str) -> Opened {
    Opener { limits: limits(), cache: None }.open_all(vec![Wanted::named(Path::new(address))])
}

fn refusal(address: &str) -> String {
    let began = Instant::now();
    let opened = open(address);
    assert!(began.elapsed() < Duration::from_secs(30), "{address} took {:?}", began.elapsed());
    opened.failures.first().map(ToString::to_string).unwrap_or_else(|| format!("it opened: {:?}", opened.articles))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_is_read_plain_and_packed_and_after_redirects() {
    let server = Server::new(|stream, request| match request.split(' ').nth(1).unwrap_or_default() {
        "/plain" => send(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
        "/packed" => {
            send(stream, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(PAGE.as_bytes()))
        }
        "/moved" => send(stream, "302 Found\r\nLocation: /plain", b""),
        _ => send(stream, "404 Not Found", b"none"),
    });
    for path in ["/plain", "/packed", "/moved"] {
        let opened = open(&server.at(path));
        let article = opened.articles.first().unwrap_or_else(|| panic!("{path}: {:?}", opened.failures));
        assert_eq!(article.metadata.title.as_deref(), Some("Ship hits bridge"));
        assert_eq!(article.metadata.outlet.as_deref(), Some("The Post"));
        assert_eq!(article.origin, Origin::Address(server.at(path)));
        assert!(article.text.content().contains("twice an hour"));
    }
    assert!(refusal(&server.at("/nowhere")).contains("404 (there is no such page)"));
}

#[test]
fn redirects_in_circles_too_many_and_astray_are_not_followed() {
    let circle = Server::new(|stream, request| {
        let to = if request.contains(" /a ") { "/b" } else { "/a" };
        send(stream, &format!("302 Found\r\nLocation: {to}"), b"");
    });
    assert!(refusal(&circle.at("/a")).contains("in a circle"));
    let nowhere = answering("302 Found", Vec::new());
    assert!(refusal(&nowhere.at("/")).contains("redirects without saying where to"));
    let endless = Server::new(|stream, request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        send(stream, &format!("302 Found\r\nLocation: {path}x"), b"");
    });
    let said = refusal(&endless.at("/a"));
    assert!(said.contains("limit of 10") && said.contains("--limit redirects="), "{said}");
    assert_eq!(endless.requests().len(), 11);
    for astray in ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/"] {
        let server = Server::new(move |stream, _| send(stream, &format!("302 Found\r\nLocation: {astray}"), b""));
        assert!(refusal(&server.at("/")).contains("which is not followed"), "{astray}");
    }
}

#[test]
fn servers_that_stall_or_trickle_end_with_the_time_allowed() {
    let silent = Server::new(|_, _| std::thread::sleep(Duration::from_secs(60)));
    let said = refusal(&silent.at("/"));
    assert!(said.contains("limit of 3 seconds") && said.contains("--limit seconds="), "{said}");
    let trickling = Server::new(|stream, _| {
        send(stream, "200 OK\r\nContent-Type: text/html", b"<p>");
        while stream.write_all(b"a").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    assert!(refusal(&trickling.at("/")).contains("limit of 3 seconds"));
}

#[test]
fn all_the_time_there_is_can_be_allowed() {
    let server = answering("200 OK\r\nContent-Type: text/html", PAGE.into());
    let limits = Limits { seconds: u64::MAX, ..limits() };
    let opened = Opener { limits, cache: None }.open_all(vec![Wanted::named(Path::new(&server.at("/")))]);
    assert_eq!(opened.articles.len(), 1, "{:?}", opened.failures);
}

#[test]
fn endless_bodies_and_bombs_end_with_the_bytes_allowed() {
    let endless = Server::new(|stream, _| {
        send(stream, "200 OK\r\nContent-Type: text/html", b"");
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    let said = refusal(&endless.at("/"));
    assert!(said.contains("limit of 1048576 bytes") && said.contains("--limit bytes="), "{said}");
    let bomb = answering("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", gzip(&vec![b' '; 64 << 20]));
    let said = refusal(&bomb.at("/"));
    assert!(said.contains("unpacks to more than the limit") && said.contains("--limit unpacked="), "{said}");
    let heads = Server::new(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
    });
    assert!(refusal(&heads.at("/")).contains("cannot be reached"));
}

#[test]
fn wrong_lengths_packings_and_types_are_said() {
    let short = answering("200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000", PAGE.into());
    assert!(refusal(&short.at("/")).contains("broke off"), "{}", refusal(&short.at("/")));
    let no_gzip = answering("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", PAGE.into());
    assert!(refusal(&no_gzip.at("/")).contains("broke off"));
    let cut =
        answering("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", gzip(PAGE.as_bytes())[..99].to_vec());
    assert!(refusal(&cut.at("/")).contains("broke off"));
    let picture = answering("200 OK\r\nContent-Type: image/png", b"\x89PNG".to_vec());
    assert!(refusal(&picture.at("/")).contains("not a page but image/png"));
    let nonsense = answering("nonsense", Vec::new());
    assert!(refusal(&nonsense.at("/")).contains("cannot be reached"));
    let login = answering("401 Unauthorized", Vec::new());
    assert!(refusal(&login.at("/")).contains("it asks who you are"));
    let feed =
        answering("200 OK\r\nContent-Type: application/rss+xml", b"<rss version='2.0'><channel/></rss>".to_vec());
    assert!(refusal(&feed.at("/")).contains("crossread feed"));
}

#[test]
fn wrong_charsets_are_seen_through() {
    let page = PAGE.replace("Pellmouth", "Café Léonie");
    let latin: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (said, body) in [
        ("utf-8", latin.clone()),
        ("iso-8859-1", page.into_bytes()),
        ("windows-1252", latin),
        ("x-unknown", PAGE.into()),
    ] {
        let server = Server::new(move |stream, _| {
            send(stream, &format!("200 OK\r\nContent-Type: text/html; charset={said}"), &body);
        });
        let opened = open(&server.at("/"));
        let text = opened.articles.first().unwrap().text.content().to_owned();
        assert!(text.contains("Café Léonie") || said == "x-unknown", "{said}: {text}");
    }
}

/// The port of a server that shows these certificates, its own first, and answers every request with the page.
fn secure(chain: &[&[u8]], key: &[u8]) -> u16 {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = rustls::pki_types::PrivateKeyDer::Pkcs8(key.to_vec().into());
    let chain = chain.iter().map(|certificate| certificate.to_vec().into()).collect();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::Stream::new(&mut connection, &mut stream);
            let mut asked = [0; 4096];
            // Whoever does not trust the server asks it nothing.
            if matches!(stream.read(&mut asked), Ok(1..)) {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close";
                let _ = stream.write_all(format!("{head}\r\nContent-Length: {}\r\n\r\n{PAGE}", PAGE.len()).as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    port
}

/// The roots are the platform's; on Linux they can be named, which is what a machine with an authority of its own does.
#[cfg(target_os = "linux")]
#[test]
fn a_certificate_counts_by_its_authority_its_host_and_its_days() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "A ship hit the swing bridge at Pellmouth on Tuesday.").unwrap();
    let key = include_bytes!("web/chain/host.key.der");
    let above: &[u8] = include_bytes!("web/chain/intermediate.der");
    let good = secure(&[include_bytes!("web/chain/host.der"), above], key);
    let expired = secure(&[include_bytes!("web/chain/expired.der"), above], key);
    let elsewhere = secure(&[include_bytes!("web/chain/elsewhere.der"), above], key);
    let incomplete = secure(&[include_bytes!("web/chain/host.der")], key);
    let roots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/chain/root.pem");
    let compare = |address: String, trusting: bool| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crossread"));
        command.args(["compare", "a.txt", &address, "--refresh", "--notes", "n.jsonld"]).current_dir(folder.path());
        command.env_remove("SSL_CERT_DIR").env("HOME", folder.path());
        command.env("SSL_CERT_FILE", if trusting { &roots } else { Path::new("/dev/null") });
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for host in ["127.0.0.1", "localhost"] {
        assert_eq!(compare(format!("https://{host}:{good}/"), true), (Some(0), String::new()));
    }
    for (port, trusting, why) in [
        (good, false, "this system has no list"),
        (expired, true, "its certificate has expired"),
        (elsewhere, true, "its certificate is for another host"),
        (incomplete, true, "its certificate comes from nobody"),
    ] {
        let (code, said) = compare(format!("https://127.0.0.1:{port}/"), trusting);
        assert_eq!(code, Some(1), "{why}: {said}");
        assert!(said.contains(&format!("the connection is not secure ({why}")), "{why}: {said}");
    }
}

#[test]
fn connections_that_cannot_be_trusted_are_not_used() {
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = plain.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in plain.incoming() {
            let _ = stream.unwrap().write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let said = refusal(&format!("https://127.0.0.1:{port}/"));
    assert!(said.contains("the connection is not secure"), "{said}");

    let port = secure(&[include_bytes!("web/self-signed.der")], include_bytes!("web/self-signed.key.der"));
    let said = refusal(&format!("https://127.0.0.1:{port}/"));
    assert!(said.contains("the connection is not secure"), "{said}");

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(refusal(&format!("http://127.0.0.1:{closed}/")).contains("cannot be reached"));
    assert!(refusal("ftp://news.example/").contains("only http and https"));
    assert!(refusal("file:///etc/passwd").contains("only http and https"));
}

#[test]
fn name_and_password_go_to_their_server_alone_and_are_not_shown() {
    let other = answering("200 OK\r\nContent-Type: text/html", PAGE.into());
    let elsewhere = other.at("/");
    let server = Server::new(move |stream, request| {
        if request.contains(" /page ") {
            send(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
        } else if request.contains(" /moved ") {
            send(stream, &format!("302 Found\r\nLocation: {elsewhere}"), b"");
        } else {
            send(stream, "500 Oh", b"");
        }
    });
    let at = |path: &str| server.at(path).replace("http://", "http://ann:secret@");
    let shown = format!("{:?}{:?}{:?}", open(&at("/page")), open(&at("/moved")), open(&at("/failed")));
    assert!(!shown.contains("secret") && !shown.contains("ann:"), "{shown}");
    assert!(server.requests()[0].contains("uthorization: Basic YW5uOnNlY3JldA=="), "{:?}", server.requests());
    assert!(!other.requests()[0].contains("uthorization"), "{:?}", other.requests());
}

#[test]
fn a_key_in_the_address_is_sent_and_neither_shown_nor_kept() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::new(|stream, request| {
        let allowed = request.contains("token=s3cret");
        let head = if allowed { "200 OK\r\nContent-Type: text/html" } else { "403 No" };
        send(stream, head, if allowed { PAGE.as_bytes() } else { b"" });
    });
    let cache = Some(Cache::beside(&folder.path().join("notes.jsonld"), false));
    let opener = Opener { limits: limits(), cache };
    let open = |query: &str| opener.open_all(vec![Wanted::named(Path::new(&server.at(query)))]);
    let (opened, refused) = (open("/a?id=3&token=s3cret"), open("/a?id=3&token=0th3r"));
    assert_eq!(opened.articles[0].origin, Origin::Address(server.at("/a?id=3")));
    let shown = format!("{opened:?}{refused:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("0th3r"), "{shown}");
    assert!(refused.failures[0].to_string().contains("403"), "one key opens what another one opened: {refused:?}");
    for file in std::fs::read_dir(folder.path().join("pages")).unwrap() {
        let kept = String::from_utf8(std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        assert!(!kept.contains("s3cret"), "{kept}");
    }
}

#[test]
fn a_page_is_kept_beside_the_notes_and_loaded_again_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let server = answering("200 OK\r\nContent-Type: text/html", PAGE.into());
    let notes = folder.path().join("notes.jsonld");
    let open = |refresh| {
        let cache = Some(Cache::beside(&notes, refresh));
        Opener { limits: limits(), cache }.open_all(vec![Wanted::named(Path::new(&server.at("/")))])
    };
    assert!(open(false).remarks.is_empty());
    let again = open(false);
    assert_eq!(server.requests().len(), 1);
    assert!(again.remarks[0].contains("as loaded on") && again.remarks[0].contains("--refresh"), "{:?}", again.remarks);
    assert_eq!(again.articles.len(), 1);
    assert!(open(true).remarks.is_empty());
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_refusal_takes_no_kept_pages_place_and_a_redirect_to_a_login_is_said() {
    let short = "<!doctype html><title>Post</title><h1>The Post today</h1><p>Reading here goes on for those only who are known to us \
        by their name.</p>";
    let refuses = Arc::new(Mutex::new(false));
    let now = Arc::clone(&refuses);
    let server = Server::new(move |stream, request| match request.split(' ').nth(1).unwrap_or_default() {
        "/a" if !*now.lock().unwrap() => send(stream, "200 OK\r\nContent-Type: text/html", PAGE.as_bytes()),
        "/b" => send(stream, "302 Found\r\nLocation: /login?to=/b", b""),
        _ => send(stream, "200 OK\r\nContent-Type: text/html", short.as_bytes()),
    });
    let folder = tempfile::tempdir().unwrap();
    let notes = folder.path().join("notes.jsonld");
    let open = |refresh, path: &str| {
        let cache = Some(Cache::beside(&notes, refresh));
        Opener { limits: limits(), cache }.open_all(vec![Wanted::named(Path::new(&server.at(path)))])
    };
    assert_eq!(open(false, "/a").articles.len(), 1);
    *refuses.lock().unwrap() = true;
    let fresh = open(true, "/a");
    assert!(fresh.remarks.iter().any(|remark| remark.contains("page as kept")), "{:?}", fresh.remarks);
    assert!(open(false, "/a").articles[0].text.content().contains("twice an hour"));
    let said = open(false, "/b").failures.first().map(ToString::to_string).unwrap_or_default();
    assert!(said.contains("login page"), "{said}");
}

#[test]
fn loading_is_told_and_can_be_left() {
    let slow = Server::new(|stream, _| {
        send(stream, "200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000", &[b' '; 5000]);
        std::thread::sleep(Duration::from_secs(60));
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    std::fs::write(&file, "One sentence stands here.").unwrap();
    let wanted = vec![Wanted::named(Path::new(&slow.at("/"))), Wanted::named(&file)];
    let limits = Limits { seconds: 60, ..limits() };
    let mut opening = Opener { limits, cache: None }.begin(wanted);
    let began = Instant::now();
    let loads = |stage: Stage| matches!(stage, Stage::Loading { bytes: 5000, of: Some(100_000) });
    while !opening.stages().any(|(_, stage)| loads(stage)) || !opening.stages().any(|(_, stage)| stage == Stage::Open) {
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", opening.stages().collect::<Vec<_>>());
        opening.take_news(Duration::from_millis(20));
    }
    let opened = opening.stop();
    assert!(began.elapsed() < Duration::from_secs(30));
    assert_eq!(opened.articles.len(), 1);
    assert!(opened.failures[0].to_string().contains("was not waited for"));
}

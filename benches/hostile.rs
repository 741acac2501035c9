//! What texts cost that no publisher writes, beside a normal text of the same length: `cargo bench --bench hostile`.
//!
//! Two sources of each shape are compared by the program and opened in the reader, in a pseudo-terminal. A shape must not take
//! more than ten times what a normal text of its length takes, in processor time for comparing and in time to the first screen
//! for the reader; memory is printed as bytes for each byte of text, without what the program takes for a sentence. What
//! a limit refuses is printed with what the program says. Memory and processor time are read from Linux's `/proc`. The whole takes
//! half an hour; shapes may be named (`-- tags quotes`), and `-- small` divides every length by ten.

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("this is measured on Linux alone");
}

#[cfg(target_os = "linux")]
#[path = "hostile/shapes.rs"]
mod shapes;

#[cfg(target_os = "linux")]
fn main() {
    linux::main();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::io::{Read, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::shapes::{self, Shape};

    const PROGRAM: &str = env!("CARGO_BIN_EXE_crossread");

    /// How many times as long as a normal text one may take.
    const MOST: f64 = 10.0;

    /// Longest wait for one run.
    const PATIENCE: Duration = Duration::from_secs(900);

    /// How often a process is looked at.
    const PAUSE: Duration = Duration::from_millis(4);

    /// What one run took.
    #[derive(Debug, Clone, Copy, Default)]
    struct Cost {
        /// Seconds: of the processor for comparing, until the first screen for reading.
        seconds: f64,
        /// At the most, in bytes.
        memory: f64,
    }

    pub fn main() {
        let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
        let part = if words.iter().any(|word| word == "small") { 10 } else { 1 };
        let wanted = |name: &str| words.iter().all(|word| word == "small") || words.iter().any(|word| word == name);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let floor = match cost(&shapes::sentence(), folder.path()) {
            Ok(floor) => floor,
            Err(said) => return println!("{PROGRAM} does not even compare two sentences: {said}"),
        };
        // Normal texts by their form and about their length in hundredths of a megabyte.
        let mut normals: HashMap<(&str, usize), [Cost; 2]> = HashMap::new();
        println!("{:<10} {:>8} {:>23} {:>23}   times a normal text", "shape", "MB", "comparing", "first screen");
        for shape in shapes::all(part).iter().filter(|shape| wanted(shape.name)) {
            let bytes = shape.texts.iter().map(String::len).sum::<usize>() as f64;
            let costs = cost(shape, folder.path());
            let costs = match costs {
                Ok(costs) => costs,
                Err(said) => {
                    println!("{:<10} {:>8.2} refused: {said}", shape.name, bytes / 1e6);
                    continue;
                }
            };
            let key = (shape.ending, (bytes / 2e4).round() as usize);
            if let (None, Ok(normal)) = (normals.get(&key), cost(&shape.normal(), folder.path())) {
                println!("{:<10} {}", "(normal)", figures(bytes, &normal, &floor));
                normals.insert(key, normal);
            }
            let Some(normal) = normals.get(&key) else { continue };
            let times: String = costs.iter().zip(normal).map(times).collect();
            println!("{:<10} {}{times}", shape.name, figures(bytes, &costs, &floor));
        }
    }

    fn figures(bytes: f64, costs: &[Cost; 2], floor: &[Cost; 2]) -> String {
        let one = |(cost, floor): (&Cost, &Cost)| {
            format!("{:>10.2} s {:>6.1} B/B", cost.seconds, (cost.memory - floor.memory).max(0.0) / bytes)
        };
        format!("{:>8.2} {}", bytes / 1e6, costs.iter().zip(floor).map(one).collect::<String>())
    }

    fn times((cost, normal): (&Cost, &Cost)) -> String {
        let times = cost.seconds / normal.seconds.max(0.001);
        format!("{times:>8.2}×{}", if times > MOST { " MISSED" } else { "" })
    }

    /// What comparing and reading cost, or what the program says instead.
    fn cost(shape: &Shape, folder: &Path) -> Result<[Cost; 2], String> {
        let names = ["a", "b"].map(|name| format!("{name}.{}", shape.ending));
        for (name, text) in names.iter().zip(&shape.texts) {
            std::fs::write(folder.join(name), text).map_err(|error| error.to_string())?;
        }
        Ok([compared(&names, folder)?, read(&names, folder)?])
    }

    fn compared(names: &[String], folder: &Path) -> Result<Cost, String> {
        let mut child = Command::new(PROGRAM)
            .args(["compare", "--format", "json", "--notes", "notes.jsonld"])
            .args(names)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let end = Instant::now() + PATIENCE;
        let mut cost = Cost::default();
        let status = loop {
            look(child.id(), &mut cost);
            match child.try_wait().map_err(|error| error.to_string())? {
                Some(status) => break status,
                None if Instant::now() > end => {
                    drop(child.kill());
                    return Err(format!("it takes longer than {PATIENCE:?}"));
                }
                None => std::thread::sleep(PAUSE),
            }
        };
        let mut said = String::new();
        child.stderr.take().map(|mut error| error.read_to_string(&mut said));
        if status.success() { Ok(cost) } else { Err(said.lines().next().unwrap_or_default().to_owned()) }
    }

    /// Processor time so far, and memory at the most so far (proc(5)).
    fn look(process: u32, cost: &mut Cost) {
        let file = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
        let status = file("status");
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|line| line.trim_end_matches(" kB").trim());
        cost.memory = cost.memory.max(peak.and_then(|peak| peak.parse::<f64>().ok()).unwrap_or(0.0) * 1024.0);
        let times = file("stat");
        let fields: Vec<f64> =
            times.rsplit(')').next().unwrap_or_default().split(' ').skip(12).take(2).flat_map(str::parse).collect();
        // A hundred ticks a second, on every Linux there is.
        cost.seconds = cost.seconds.max(fields.iter().sum::<f64>() / 100.0);
    }

    /// Until the first screen; memory until the comparison is there.
    fn read(names: &[String], folder: &Path) -> Result<Cost, String> {
        let told = |error: &dyn std::fmt::Display| error.to_string();
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).map_err(|error| told(&error))?;
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(names.iter().map(String::as_str).chain(["--notes", "notes.jsonld"]));
        command.cwd(folder);
        for (name, value) in [("TERM", "xterm"), ("LANG", "C.UTF-8"), ("NO_COLOR", "1")] {
            command.env(name, value);
        }
        let mut output = pair.master.try_clone_reader().map_err(|error| told(&error))?;
        let mut keys = pair.master.take_writer().map_err(|error| told(&error))?;
        let (sender, pieces) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let begun = Instant::now();
        let mut child = pair.slave.spawn_command(command).map_err(|error| told(&error))?;
        let cells = |count: u16| std::num::NonZero::new(count).unwrap_or(std::num::NonZero::<u16>::MIN);
        let mut screen = vt100::Parser::new(cells(size.rows), cells(size.cols), 0);
        let (mut cost, mut first) = (Cost::default(), None);
        let process = child.process_id().unwrap_or_default();
        while begun.elapsed() < PATIENCE && matches!(child.try_wait(), Ok(None)) {
            while let Ok(piece) = pieces.recv_timeout(PAUSE) {
                screen.process(&piece);
            }
            look(process, &mut cost);
            let contents = screen.screen().contents();
            if first.is_none() && contents.contains("help") {
                first = Some(begun.elapsed());
            }
            // From the first screen on the status line says so.
            if first.is_some() && !contents.contains("comparing") {
                break;
            }
        }
        drop(keys.write_all(b"Q"));
        drop(child.kill());
        let first = first.ok_or("the reader shows nothing")?;
        Ok(Cost { seconds: first.as_secs_f64(), ..cost })
    }
}

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::transport::http::address::Address;
use crate::transport::http::pool::*;
use crate::transport::http::response::ActiveResponse;
use crate::transport::http::route::PreparedRoute;

/// An event on a connection of the test server.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    Began,
    /// A request has been read, and its response has not been sent yet.
    Asked,
    Ended,
}
use Told::{Asked, Began, Ended};

const WHOLE: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// A server that sends the response to `answers` requests on each connection, and then closes it.
/// It waits for `pause` before each response.
async fn server(
    response: &'static str,
    answers: usize,
    pause: Duration,
) -> (Connector, mpsc::UnboundedReceiver<Told>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let tell = tell.clone();
            tokio::spawn(async move {
                let _ = tell.send(Began);
                let mut buffer = [0; 1024];
                'answers: for _ in 0..answers {
                    let mut request = Vec::new();
                    while !request.ends_with(b"\r\n\r\n") {
                        match stream.read(&mut buffer).await {
                            Ok(length @ 1..) => request.extend_from_slice(&buffer[..length]),
                            _ => break 'answers,
                        }
                    }
                    let _ = tell.send(Asked);
                    tokio::select! {
                        () = tokio::time::sleep(pause) => {}
                        _ = stream.read(&mut buffer) => break,
                    }
                    if stream.write_all(response.as_bytes()).await.is_err() {
                        break;
                    }
                }
                let _ = tell.send(Ended);
            });
        }
    });
    let address = Address::parse(&format!("http://{address}/ari")).unwrap();
    let connector = Connector::plain(address, PreparedRoute::Direct, Duration::from_secs(10));
    (connector, told)
}

/// A pause that keeps all requests of a test in flight at the same time.
const SHORT: Duration = Duration::from_millis(20);

/// A duration that is longer than any test.
const IDLE: Duration = Duration::from_secs(10);

const LONG: Duration = Duration::from_secs(3600);

fn deadline() -> Deadline {
    Deadline::within(Duration::from_secs(20))
}

fn request() -> HttpRequest<FullBody> {
    let request = HttpRequest::get("/ari").header("Host", "x");
    request.body(FullBody::new(None)).unwrap()
}

fn failure<T>(result: Result<T, PoolError>) -> (bool, String) {
    match result {
        Ok(_) => panic!("it succeeded"),
        Err(PoolError::NotSent(error)) => (false, error.to_string()),
        Err(PoolError::OutcomeUnknown(error)) => (true, error.to_string()),
    }
}

async fn begin(pool: &Pool) -> ActiveResponse {
    match pool.send(request(), deadline()).await {
        Ok((response, connection)) => ActiveResponse::new(response, connection),
        Err(PoolError::NotSent(error) | PoolError::OutcomeUnknown(error)) => panic!("{error}"),
    }
}

async fn call(pool: &Pool) {
    let body = begin(pool).await.collect(2).await;
    assert_eq!(body.unwrap(), "{}");
}

/// Sends a number of requests concurrently.
async fn calls(pool: &Arc<Pool>, count: usize) {
    let calls: Vec<_> = (0..count)
        .map(|_| {
            let pool = Arc::clone(pool);
            tokio::spawn(async move { call(&pool).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}

/// Collects the events of a server until it has reported a number of ends.
async fn until_ended(told: &mut mpsc::UnboundedReceiver<Told>, ends: usize) -> Vec<Told> {
    let mut all = Vec::new();
    while all.iter().filter(|told| **told == Ended).count() < ends {
        all.push(told.recv().await.unwrap());
    }
    all
}

#[tokio::test]
async fn sequential_requests_share_a_connection() {
    let (connector, mut told) = server(WHOLE, usize::MAX, SHORT).await;
    let pool = Pool::new(connector, 10, IDLE);
    for _ in 0..3 {
        call(&pool).await;
    }
    drop(pool);
    let all = until_ended(&mut told, 1).await;
    assert_eq!(all, [Began, Asked, Asked, Asked, Ended]);
}

#[tokio::test]
async fn concurrent_requests_do_not_wait_for_each_other() {
    let (connector, mut told) = server(WHOLE, usize::MAX, SHORT).await;
    let pool = Arc::new(Pool::new(connector, 50, IDLE));
    for _ in 0..2 {
        calls(&pool, 50).await;
    }
    assert_eq!(lock(&pool.0.idle).connections.len(), 50);
    drop(pool);
    let all = until_ended(&mut told, 50).await;
    assert_eq!(all.iter().filter(|told| **told == Began).count(), 50);
}

#[tokio::test]
async fn connections_are_limited() {
    let (connector, mut told) = server(WHOLE, usize::MAX, SHORT).await;
    let pool = Arc::new(Pool::new(connector, 3, IDLE));
    calls(&pool, 20).await;
    drop(pool);
    let all = until_ended(&mut told, 3).await;
    assert_eq!(all.iter().filter(|told| **told == Began).count(), 3);
    assert_eq!(all.iter().filter(|told| **told == Asked).count(), 20);
}

#[tokio::test]
async fn timeout_before_a_connection_is_not_sent() {
    let (connector, mut told) = server(WHOLE, usize::MAX, LONG).await;
    let pool = Arc::new(Pool::new(connector, 1, IDLE));
    let first = tokio::spawn({
        let pool = pool.clone();
        async move { failure(pool.send(request(), deadline()).await) }
    });
    assert_eq!(told.recv().await, Some(Began));
    assert_eq!(told.recv().await, Some(Asked));
    let second = pool.send(request(), Deadline::within(SHORT)).await;
    let (sent, problem) = failure(second);
    assert!(!sent && problem.contains("max_connections"), "{problem}");
    assert!(told.try_recv().is_err(), "nothing arrived");
    // A request that waits when the pool is cleared fails, and its connection is not kept.
    pool.clear();
    let (sent, problem) = first.await.unwrap();
    assert!(sent && problem.contains("client was closed"), "{problem}");
    assert_eq!(told.recv().await, Some(Ended));
}

#[tokio::test]
async fn late_response_has_unknown_outcome() {
    let (connector, _told) = server(WHOLE, usize::MAX, LONG).await;
    let pool = Pool::new(connector, 1, IDLE);
    let (sent, problem) = failure(pool.send(request(), Deadline::within(SHORT)).await);
    assert!(sent && problem.contains("no response within"), "{problem}");
}

#[tokio::test]
async fn connections_closed_by_server_are_replaced() {
    let (connector, mut told) = server(WHOLE, 1, SHORT).await;
    let pool = Pool::new(connector, 10, IDLE);
    for _ in 0..3 {
        call(&pool).await;
        assert_eq!(until_ended(&mut told, 1).await, [Began, Asked, Ended]);
    }
}

#[tokio::test]
async fn idle_connections_are_closed() {
    let (connector, mut told) = server(WHOLE, usize::MAX, SHORT).await;
    let pool = Pool::new(connector, 10, Duration::from_millis(100));
    for _ in 0..2 {
        call(&pool).await;
        assert_eq!(until_ended(&mut told, 1).await, [Began, Asked, Ended]);
        assert!(lock(&pool.0.idle).connections.is_empty());
    }
}

/// A connection is reused only if nothing of the previous response can still arrive on it.
#[tokio::test]
async fn leftovers_of_a_response_reach_no_other_request() {
    for (response, complete) in [
        // Half of a body, for which its reader no longer waits.
        ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{}", false),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}",
            false,
        ),
        // More bytes than the head has announced, as after Asterisk's failed upgrades.
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 500 No\r\n\r\n",
            true,
        ),
        (
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
            true,
        ),
    ] {
        let (connector, mut told) = server(response, usize::MAX, SHORT).await;
        let pool = Pool::new(connector, 10, IDLE);
        for _ in 0..2 {
            let exchange = pool.send(request(), Deadline::within(SHORT * 10)).await;
            let Ok(exchange) = exchange else {
                panic!("no answer: {response:?}");
            };
            let collected = ActiveResponse::new(exchange.0, exchange.1).collect(9).await;
            assert_eq!(collected.is_ok(), complete, "{response:?}");
            let seen = [told.recv().await.unwrap(), told.recv().await.unwrap()];
            assert_eq!(seen, [Began, Asked], "{response:?}");
            assert_eq!(told.recv().await, Some(Ended), "{response:?}");
        }
    }
}

#[tokio::test]
async fn chunked_responses_are_collected_up_to_the_limit() {
    let response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
                  1\r\na\r\n2\r\nbc\r\n1\r\nd\r\n0\r\n\r\n";
    let (connector, mut told) = server(response, usize::MAX, SHORT).await;
    let pool = Pool::new(connector, 10, IDLE);
    for _ in 0..2 {
        let whole = begin(&pool).await.collect(4).await.unwrap();
        assert_eq!(whole, "abcd");
    }
    let error = begin(&pool).await.collect(3).await.unwrap_err();
    assert!(error.to_string().contains("longer than 3 bytes"), "{error}");
    let all = until_ended(&mut told, 1).await;
    assert_eq!(all, [Began, Asked, Asked, Asked, Ended]);
}

#[tokio::test]
async fn connection_in_use_while_pool_is_cleared_is_not_reused() {
    let (connector, mut told) = server(WHOLE, usize::MAX, SHORT).await;
    let pool = Pool::new(connector, 10, IDLE);
    for _ in 0..2 {
        let exchange = begin(&pool).await;
        pool.clear();
        assert_eq!(exchange.collect(2).await.unwrap(), "{}");
        assert_eq!(until_ended(&mut told, 1).await, [Began, Asked, Ended]);
    }
}

/// Even if the server reads nothing, so that the request cannot be written to its end.
#[tokio::test]
async fn dropped_requests_end_their_connections() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/ari", listener.local_addr().unwrap());
    let connector = Connector::plain(
        Address::parse(&address).unwrap(),
        PreparedRoute::Direct,
        IDLE,
    );
    let pool = Pool::new(connector, 10, IDLE);
    let mut request = request();
    *request.method_mut() = Method::POST;
    *request.body_mut() = FullBody::new(Some(vec![0; 64 << 20].into()));
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let accepting = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_exact(&mut [0; 1]).await.unwrap();
        stream
    };
    let _stream = tokio::select! {
        _ = pool.send(request, deadline()) => panic!("there was a response"),
        stream = accepting => stream,
    };
    assert!(lock(&pool.0.idle).connections.is_empty());
    timeout_at(Instant::now() + IDLE, async {
        while tasks() > before {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the task has ended");
}

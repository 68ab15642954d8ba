//! How often and when a call is attempted.

use std::time::Duration;

use bytes::Bytes;
use http::Method;

use crate::fixture::{Outcome, Reply, Script, Thing, answer, call, operation, paused};
use crate::runtime::draft::CallOptions;
use crate::runtime::error::{Error, TimeoutPhase, TransportErrorKind};
use crate::runtime::field;
use crate::runtime::operation::{Accept, Fill, Form, Formed, Operation, RetryWhen};
use crate::runtime::retry::RetryPolicy;

/// How often a call is attempted, by the answers that it gets.
#[test]
fn attempts() {
    use Reply::{Cut, Fail, Silence};
    static WHEN: &[RetryWhen] =
        &[RetryWhen { status: 409, property: "code", values: &["IncorrectState"] }];
    #[track_caller]
    fn check(method: Method, token: Fill, replies: &[Reply], expected: usize) {
        let parameter = Formed(field::Optional("x-token"), Form { fill: token, ..Form::HEADER });
        let base = operation(method, "/t", vec![parameter], &[]);
        let operation: &'static Operation = Box::leak(Box::new(Operation {
            id: base.id,
            method: base.method.clone(),
            path: base.path,
            server: None,
            parameters: base.parameters,
            body: None,
            accept: Accept::Nothing,
            security: &[],
            retry: WHEN,
        }));
        let script = Script::new(replies.iter().cloned());
        let attempts = paused(async {
            let core = script.builder().build().unwrap();
            let _: Outcome<Thing> = call(&core, operation, None, None, CallOptions::new()).await;
            script.sent()
        });
        assert_eq!(attempts.len(), expected);
        let tokens: Vec<_> =
            attempts.iter().map(|request| request.headers().get("x-token")).collect();
        match token {
            Fill::Nothing => assert_eq!(tokens[0], None),
            Fill::IdempotencyToken => {
                assert!(tokens.iter().all(|token| token.is_some() && token == &tokens[0]))
            }
            Fill::RequestId => assert!(tokens.len() == 1 || tokens[0] != tokens[1]),
        }
    }
    let ok = || answer(200, r#"{"name":"lamp"}"#);
    let conflict = |code: &str| answer(409, format!(r#"{{"code":"{code}"}}"#));
    for status in [429, 500, 502, 503, 504, 505] {
        check(Method::GET, Fill::Nothing, &[answer(status, ""), ok()], 2);
        check(Method::POST, Fill::IdempotencyToken, &[answer(status, ""), ok()], 2);
        let refused = matches!(status, 429 | 503);
        check(
            Method::POST,
            Fill::RequestId,
            &[answer(status, ""), ok()],
            if refused { 2 } else { 1 },
        );
    }
    for status in [302, 400, 401, 403, 404, 409, 501] {
        check(Method::GET, Fill::Nothing, &[answer(status, ""), ok()], 1);
    }
    check(Method::POST, Fill::Nothing, &[conflict("IncorrectState"), ok()], 2);
    check(Method::GET, Fill::Nothing, &[conflict("Other"), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Fail(TransportErrorKind::Connect), ok()], 2);
    check(Method::POST, Fill::Nothing, &[Fail(TransportErrorKind::Broken), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Cut(200, "{"), ok()], 1);
    check(Method::POST, Fill::Nothing, &[Silence, ok()], 1);
    check(Method::PUT, Fill::Nothing, &[Fail(TransportErrorKind::Broken), ok()], 2);
    check(Method::PUT, Fill::Nothing, &[Cut(200, "{"), ok()], 2);
    check(Method::PUT, Fill::Nothing, &[Silence, ok()], 2);
    check(Method::GET, Fill::Nothing, &[Fail(TransportErrorKind::Tls), ok()], 1);
    check(Method::GET, Fill::Nothing, &[answer(503, "")], 8);
    check(Method::GET, Fill::Nothing, &[answer(200, "not JSON"), ok()], 1);
}

#[test]
fn waits_and_deadlines() {
    #[track_caller]
    fn check(
        replies: Vec<Reply>,
        options: CallOptions,
        seconds: std::ops::RangeInclusive<f64>,
    ) -> Outcome<()> {
        let operation = operation(Method::GET, "/t", Vec::new(), &[]);
        let script = Script::new(replies);
        let (outcome, took) = paused(async {
            let core = script.builder().build().unwrap();
            let begin = tokio::time::Instant::now();
            let outcome = call(&core, operation, None, None, options).await;
            (outcome, begin.elapsed().as_secs_f64())
        });
        assert!(seconds.contains(&took), "took {took} s");
        outcome
    }
    let after = |value: &str| Reply::Answer(503, vec![("retry-after", value.into())], Bytes::new());
    let dated = |date: &str| {
        let headers =
            vec![("retry-after", date.into()), ("date", "Wed, 21 Oct 2015 07:28:00 GMT".into())];
        Reply::Answer(503, headers, Bytes::new())
    };
    let ok = || answer(200, "");
    let standard = CallOptions::new;

    check(vec![after("7"), ok()], standard(), 7.0..=8.1).unwrap();
    check(vec![dated("Wed, 21 Oct 2015 07:28:09 GMT"), ok()], standard(), 9.0..=10.1).unwrap();
    check(vec![dated("Wed, 21 Oct 2015 07:00:00 GMT"), ok()], standard(), 0.0..=1.1).unwrap();
    check(vec![answer(503, ""); 8], standard(), 0.0..=91.1).unwrap_err();
    // What cannot be waited out is not waited for.
    for reply in
        [after("301"), after("99999999999999999999999"), dated("Wed, 21 Oct 2099 07:28:00 GMT")]
    {
        let error = check(vec![reply, ok()], standard(), 0.0..=0.1).unwrap_err();
        assert_eq!(error.status().unwrap(), 503);
    }
    let never = CallOptions::new().retry(RetryPolicy::never());
    check(vec![answer(503, ""), ok()], never, 0.0..=0.1).unwrap_err();

    let error = check(vec![Reply::Silence], standard(), 299.9..=300.1).unwrap_err();
    assert!(
        matches!(error, Error::Timeout(error) if error.phase() == TimeoutPhase::Call),
        "{error}"
    );
    let hasty =
        CallOptions::new().attempt_timeout(Duration::from_secs(2)).retry(RetryPolicy::never());
    let error = check(vec![Reply::Silence], hasty, 1.9..=2.1).unwrap_err();
    assert!(
        matches!(error, Error::Timeout(error) if error.phase() == TimeoutPhase::Attempt),
        "{error}"
    );
}

#[test]
fn a_failing_service_is_not_hammered() {
    let operation = operation(Method::GET, "/t", Vec::new(), &[]);
    let script = Script::new([answer(503, "")]);
    paused(async {
        let core = script.builder().build().unwrap();
        for _ in 0..100 {
            let outcome: Outcome<()> = call(&core, operation, None, None, CallOptions::new()).await;
            outcome.unwrap_err();
        }
    });
    assert_eq!(script.sent().len(), 200, "100 calls, 100 further attempts in all");
}

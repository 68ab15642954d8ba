// Reads events, a line of JSON each, and answers each with a line: the JSON that it becomes, or why it
// is refused or breaks a rule. Before that it uses the types as a caller does.

use std::error::Error;
use std::io::BufRead;

use formats_crate::formats::{Base64, Spelled};
use formats_crate::models::Event;
use formats_crate::{Validate, jiff, rust_decimal, url};

fn main() -> Result<(), Box<dyn Error>> {
    typed()?;
    for line in std::io::stdin().lock().lines() {
        println!("{}", answer(&line?));
    }
    Ok(())
}

fn answer(json: &str) -> String {
    match serde_json::from_str::<Event>(json) {
        Err(error) => format!("refused: {error}"),
        Ok(event) => match event.validate() {
            Err(violations) => format!("broken: {violations}"),
            Ok(()) => serde_json::to_string(&event).unwrap_or_else(|error| format!("{error}")),
        },
    }
}

fn typed() -> Result<(), Box<dyn Error>> {
    // All that is required is missing, whatever its type.
    let nothing = serde_json::from_str::<formats_crate::Incomplete<Event>>("{}")?.0;
    assert_eq!((serde_json::to_string(&nothing)?, nothing.unknown_fields.missing().count()), ("{}".to_owned(), 8));
    let here: Spelled<jiff::Timestamp> = "2024-05-01T02:00:00+02:00".parse()?;
    let there: Spelled<jiff::Timestamp> = jiff::Timestamp::from_second(1_714_521_600)?.into();
    assert_eq!(here, there);
    assert_eq!(here.as_second(), there.as_second());
    assert_eq!((here.to_string(), there.to_string()), ("2024-05-01T02:00:00+02:00".to_owned(), "2024-05-01T00:00:00Z".to_owned()));
    let event = Event::new(
        here.clone(),
        jiff::civil::date(2024, 5, 1).into(),
        jiff::civil::date(2024, 5, 1).at(9, 30, 0, 0).into(),
        jiff::civil::time(9, 30, 0, 0).into(),
        url::Url::parse("https://example.com/a?b")?.into(),
        rust_decimal::Decimal::new(150, 2).into(),
        Base64::from(&b"text"[..]),
        -5,
    )
    .with_short(65_535)
    .with_private_key(b"hush".to_vec().into());
    assert_eq!(event.link.host_str(), Some("example.com"));
    assert_eq!(event.price.scale(), 2);
    assert_eq!(event.data.as_slice(), b"text");
    let shown = format!("{event:?}");
    assert!(shown.contains("2024-05-01T02:00:00+02:00") && !shown.contains("aHVzaA=="), "{shown}");
    let json = serde_json::to_string(&event)?;
    assert_eq!(serde_json::from_str::<Event>(&json)?, event);
    assert_eq!(
        json,
        r#"{"at":"2024-05-01T02:00:00+02:00","day":"2024-05-01","local":"2024-05-01T09:30:00","time":"09:30:00","link":"https://example.com/a?b","price":"1.50","data":"dGV4dA==","tiny":-5,"short":65535,"private_key":"aHVzaA=="}"#
    );
    assert!(matches!(here.into_inner(), it if it == jiff::Timestamp::from_second(1_714_521_600)?));
    Ok(())
}

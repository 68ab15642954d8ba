//! An application that calls ten operations of GitHub's, those with its largest models.

use github::{Client, auth::BearerToken, models};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().auth(BearerToken::new(std::env::var("TOKEN")?)).build()?;
    let issues = client.issues_list_for_repo("o", "r").per_page(10).send().await?;
    for issue in issues.body() {
        println!("{} {}", issue.number, issue.title);
    }
    let issue = client.issues_get("o", "r", 1).send().await?;
    println!("{}", issue.status());
    let repository = client.repos_get("o", "r").send().await?;
    println!("{}", repository.full_name);
    let pulls = client.pulls_list("o", "r").send().await?;
    println!("{}", pulls.len());
    let title = models::IssuesCreateRequestTitle::String("t".into());
    let request = models::IssuesCreateRequest::new(title);
    let made = client.issues_create("o", "r").body(request).send().await?;
    println!("{}", made.id);
    let user = client.users_get_by_username("o").send().await?;
    println!("{}", user.status());
    let gists = client.gists_list().send().await?;
    println!("{}", gists.len());
    let commits = client.repos_list_commits("o", "r").send().await?;
    println!("{}", commits.len());
    let runs = client.actions_list_workflow_runs_for_repo("o", "r").send().await?;
    println!("{}", runs.total_count);
    let releases = client.repos_list_releases("o", "r").send().await?;
    println!("{}", releases.len());
    Ok(())
}

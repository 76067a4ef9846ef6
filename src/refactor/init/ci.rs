//! A service that runs after each change -> the file that makes it check, build and publish the site.

/// A service that runs after each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CiHost {
    /// GitHub Actions, which publishes with GitHub Pages.
    GitHub,
    /// GitLab CI, which publishes with GitLab Pages.
    GitLab,
    /// Azure Pipelines, which stores the site as an artifact.
    Azure,
}

impl CiHost {
    /// The path of the file, and its text.
    pub(super) fn file(self, version: &str) -> (&'static str, String) {
        let (path, text) = match self {
            CiHost::GitHub => (".github/workflows/help.yml", GITHUB),
            CiHost::GitLab => (".gitlab-ci.yml", GITLAB),
            CiHost::Azure => ("azure-pipelines.yml", AZURE),
        };
        (path, text.replace("@VERSION@", version))
    }
}

// The whole history, because dates and `--since` come from Git.
const GITHUB: &str = "\
# Checks the help in every pull request, and publishes it from the branch `main`.
name: Help
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  help:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - run: pipx install hjelp==@VERSION@
      - run: hjelp check --format github
      - run: hjelp build --no-check --out _site
      - uses: actions/upload-pages-artifact@v3
        if: github.ref == 'refs/heads/main'
        with:
          path: _site
  publish:
    needs: help
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-latest
    environment: github-pages
    permissions:
      pages: write
      id-token: write
    steps:
      - uses: actions/deploy-pages@v4
";

// The report is an artifact in any case, because it is read when the check has failed.
const GITLAB: &str = "\
# Checks the help in every merge request, and publishes it from the default branch.
image: python:3
variables:
  GIT_DEPTH: 0
before_script:
  - pip install --quiet hjelp==@VERSION@
check:
  stage: test
  script:
    - hjelp check --format junit > hjelp.xml
  artifacts:
    when: always
    reports:
      junit: hjelp.xml
pages:
  stage: deploy
  script:
    - hjelp build --no-check --out public
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
";

// Results are published after a failure, too, because that is when they are read.
const AZURE: &str = "\
# Checks the help in every build, and stores the site as an artifact.
trigger:
  - main
pool:
  vmImage: ubuntu-latest
steps:
  - checkout: self
    fetchDepth: 0
  - script: pipx install hjelp==@VERSION@
    displayName: Install hjelp
  - script: hjelp check --format junit > $(Agent.TempDirectory)/hjelp.xml
    displayName: Check the help
  - task: PublishTestResults@2
    condition: succeededOrFailed()
    inputs:
      testResultsFiles: $(Agent.TempDirectory)/hjelp.xml
  - script: hjelp build --no-check --out _site
    displayName: Build the help
  - publish: _site
    artifact: help
";

//! Reads OpenAPI documents and writes a Rust crate of models, validators and clients.
//!
//! The map of the house, in the order in which a document passes through it:
//!
//! | module | does |
//! |---|---|
//! | [`diag`] | says what is wrong, and where |
//! | [`ir`] | what an API is: plain data |
//! | [`settings`] | what the user decides: which operations, which names, which types |
//! | [`source`] | loads files, applies overlays, follows `$ref`, brings every dialect to the shape of OpenAPI 3.0 |
//! | [`lower`] | `openapiv3` to [`ir`] |
//! | [`analyze`] | what follows from it: boxes, secrets |
//! | [`names`] | makes every identifier |
//! | [`emit`] | IR and names to tokens |
//! | [`output`] | tokens to files, written or compared |
//!
//! Dependencies run in that order and never back. [`generate`] is the whole of it; a build script
//! may call it as the command line does.

#![allow(rustdoc::private_intra_doc_links, reason = "the maps of modules name what is private")]

pub mod analyze;
pub mod diag;
pub mod emit;
pub mod ir;
pub mod lower;
pub mod names;
pub mod output;
pub mod settings;
pub mod source;

mod request;

use std::collections::BTreeSet;

pub use request::{Input, Request, Target};

use diag::{Diagnostic, Failed, Sink};
use names::Names;
use output::{
    ApiEntry, CrateInfo, FeatureEntry, FeatureNeed, Files, OperationEntry, WebhooksEntry,
};
use settings::Settings;
use source::{Changes, Document, Files as Sources};

/// Generates the files of a crate; writes nothing.
///
/// It reads the documents of the request and the files that they refer to, and nothing else: overlays
/// and settings stand in the request as text.
///
/// # Errors
/// What is wrong with the documents stands in `sink`, with every problem of the run.
pub fn generate(
    request: &Request,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Files, Failed> {
    // Every document is read before the run stops: all problems at once.
    let settings = settings(request, sources, sink).unwrap_or_default();
    let mut documents = Vec::new();
    for input in &request.inputs {
        let filter = settings.of(&input.name).filter();
        let changes = Changes { overlays: &input.overlays, filter };
        let path = source::Rooted { path: &input.path, root: request.root.as_deref() };
        if let Ok(document) = source::load(path, &changes, sources, sink) {
            documents.push(document);
        }
    }
    collisions(request, sink);
    sink.gate()?;
    generate_loaded(request, &documents, &settings, sources, sink)
}

/// The same of documents that were loaded before, such as by [`source::load_text`]: one for each
/// input of the request, in its order; `settings` are what the request's were read to.
///
/// # Errors
/// What is wrong with the documents stands in `sink`.
pub fn generate_loaded(
    request: &Request,
    documents: &[Document],
    settings: &Settings,
    sources: &Sources,
    sink: &mut Sink,
) -> Result<Files, Failed> {
    let mut run = Run::new(request, settings, sources);
    for (input, document) in request.inputs.iter().zip(documents) {
        run.document(input, document, sink);
    }
    let names: Vec<&str> = request.inputs.iter().map(|input| input.name.as_str()).collect();
    settings.report_unused(&names, sink);
    let files = run.finish(sink);
    sink.gate()?;
    Ok(files)
}

fn settings(request: &Request, sources: &mut Sources, sink: &mut Sink) -> Result<Settings, Failed> {
    let Some(text) = &request.settings else { return Ok(Settings::default()) };
    let file = sources.add(&*text.name, &*text.text);
    Settings::read(file, &text.text, sink)
}

/// A run, after the documents are read.
struct Run<'r> {
    request: &'r Request,
    settings: &'r Settings,
    sources: &'r Sources,
    files: Files,
    entries: Vec<ApiEntry>,
    engines: analyze::Engines,
    /// The types that formats became.
    texts: BTreeSet<ir::Text>,
    /// The lengths of the arrays whose items have types of their own.
    tuples: BTreeSet<usize>,
    /// The `recursion_limit` that the types need, if it is not the usual one.
    recursion_limit: Option<usize>,
}

impl<'r> Run<'r> {
    fn new(request: &'r Request, settings: &'r Settings, sources: &'r Sources) -> Self {
        Self {
            request,
            settings,
            sources,
            files: Files::new(),
            entries: Vec::new(),
            engines: analyze::Engines::default(),
            texts: BTreeSet::new(),
            tuples: BTreeSet::new(),
            recursion_limit: None,
        }
    }

    fn document(&mut self, input: &Input, document: &Document, sink: &mut Sink) {
        let request = self.request;
        let choices = self.settings.of(&input.name);
        let formats = choices.formats();
        let mut api = lower::lower(document, &input.name, &formats, sink);
        self.texts.extend(formats.texts());
        api.each_type(&mut |ty| self.tuples.extend(ty.prefix()));
        let given = choices.given(document.root, self.sources);
        let facts = analyze::analyze(&mut api, &given, sink);
        self.engines.linear |= facts.engines.linear;
        self.engines.backtracking |= facts.engines.backtracking;
        self.recursion_limit = self.recursion_limit.max(facts.recursion_limit);
        let prefix = request.feature_prefix(&input.name);
        let names = Names::of(&api, &facts, &prefix, &given, sink);
        let root = request.root(&names.module.to_string());
        let context = emit::Context { api: &api, names: &names, facts: &facts, root: &root };
        for file in emit::emit(context) {
            print(request, input, file, &mut self.files, sink);
        }
        self.entries.push(entry(input, context));
    }

    /// The files of the documents, and those of the crate as a whole.
    fn finish(mut self, sink: &mut Sink) -> Files {
        let request = self.request;
        let modules: Vec<_> = self
            .entries
            .iter()
            .map(|entry| emit::Module {
                name: entry.module.clone(),
                title: entry.title.clone(),
                features: tag_features(entry),
            })
            .collect();
        let root = emit::root(&emit::Root {
            modules: &modules,
            single: request.target == Target::Single,
            texts: &self.texts,
            tuples: &self.tuples,
            recursion_limit: self.recursion_limit,
        });
        let root = emit::File { path: "src/lib.rs".to_owned(), tokens: root };
        for file in [root].into_iter().chain(emit::formats(&self.texts)) {
            match output::print(file.tokens, &request.shown()) {
                Ok(text) => {
                    self.files.insert(file.path, text);
                }
                Err(error) => sink.report(fault(format!("{} is not Rust: {error}", file.path))),
            }
        }
        let info = CrateInfo {
            name: request.package.clone(),
            workspace: request.target == Target::Workspace,
            single: request.target == Target::Single,
            linear_patterns: self.engines.linear,
            backtracking_patterns: self.engines.backtracking,
            recursion_limit: self.recursion_limit,
            formats: emit::format_modules(&self.texts),
            apis: self.entries,
        };
        match output::render(&info) {
            Ok(rendered) => self.files.extend(rendered),
            Err(error) => sink.report(fault(format!("a template is broken: {error:#}"))),
        }
        self.files
    }
}

/// Two documents whose names make one module would write the same files.
fn collisions(request: &Request, sink: &mut Sink) {
    for (index, input) in request.inputs.iter().enumerate() {
        let module = names::module(&input.name);
        let earlier =
            request.inputs.iter().take(index).find(|it| names::module(&it.name) == module);
        if let Some(earlier) = earlier {
            let message = format!(
                "{} and {} would both be the module `{module}`",
                earlier.shown(),
                input.shown()
            );
            let error = Diagnostic::error("module-collision", message);
            sink.report(error.help("rename one of the files"));
        }
    }
}

fn print(request: &Request, input: &Input, file: emit::File, files: &mut Files, sink: &mut Sink) {
    let Some(path) = request.path(&names::module(&input.name), &file.path) else { return };
    match output::print(file.tokens, &input.shown()) {
        Ok(text) => {
            files.insert(path, text);
        }
        Err(error) => sink.report(fault(format!("{path} is not Rust: {error}"))),
    }
}

/// A fault of the generator itself, which no document should be able to cause.
fn fault(message: String) -> Diagnostic {
    Diagnostic::error("generator-fault", message).help("please report this, with the document")
}

fn entry(input: &Input, context: emit::Context<'_>) -> ApiEntry {
    let api = context.api;
    let operations = api.operations.iter().zip(&context.names.operations);
    ApiEntry {
        module: context.names.module.to_string(),
        title: api.title.clone(),
        version: api.version.clone(),
        source: input.shown(),
        server: api.server.is_some(),
        oauth2: emit::takes_client_credentials(api),
        oci: api.schemes.iter().any(|scheme| matches!(scheme.kind, ir::SchemeKind::OciSignature)),
        features: features(context),
        operations: operations
            .map(|(operation, names)| OperationEntry {
                method: names.method.to_string(),
                request: format!("{} {}", operation.method, operation.path),
                summary: operation.summary.clone().unwrap_or_default(),
            })
            .collect(),
        webhooks: (!api.webhooks.is_empty())
            .then(|| WebhooksEntry { feature: emit::webhooks_feature(context).map(str::to_owned) }),
        examples: emit::examples(context),
    }
}

/// The names of the cargo features of an API's tags.
fn tag_features(entry: &ApiEntry) -> Vec<String> {
    let of_tags = entry.features.iter().filter(|it| it.need != FeatureNeed::Unreached);
    of_tags.map(|feature| feature.name.clone()).collect()
}

/// The cargo features of an API that is split by tag.
fn features(context: emit::Context<'_>) -> Vec<FeatureEntry> {
    let (layout, tags) = (&context.facts.layout, &context.names.tag_features);
    let need = |tag| match layout.webhooks == Some(tag) {
        true => FeatureNeed::Webhooks,
        false => FeatureNeed::Client,
    };
    let of_tags = tags.iter().enumerate().map(|(tag, name)| (name, Vec::new(), need(tag)));
    let groups = context.names.groups.iter().zip(&layout.groups);
    let unreached = groups.filter(|(_, group)| group.need == analyze::Need::None);
    let implied = || layout.implied.iter().filter_map(|tag| tags.get(*tag)).cloned().collect();
    let unreached = unreached.flat_map(|(names, _)| &names.features);
    let all = of_tags.chain(unreached.map(|name| (name, implied(), FeatureNeed::Unreached)));
    all.map(|(name, implied, need)| FeatureEntry { name: name.clone(), implied, need }).collect()
}

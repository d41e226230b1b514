// The borders between folders, as docs/architecture.md tells them; test/house/borders.test.ts compares the two.
const { Visitor } = require("@swc/core/Visitor.js");

// swc's walk over the syntax tree, which the cruiser uses, is older than `using`.
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function visitAnyStatement(statement) {
  return statement.type === "UsingDeclaration"
    ? this.visitVariableDeclarators(statement.decls)
    : visitStatement.call(this, statement);
};

const bundled = require("./scripts/bundled-packages.json");

/** Whom each folder of src imports, itself aside, and what for: exactly the edges that there are. */
const allowed = {
  said: {},
  numbers: { said: "why a gate is open or shut" },
  text: {},
  graph: { said: "why a model cannot be run is told" },
  plm: {
    said: "why a model cannot be read is told",
    numbers: "readings of sentences are compared",
    graph: "encoders and heads are graphs",
  },
  prompts: {
    said: "why prompts cannot be used is told",
    graph: "prompts are inputs of graphs",
    plm: "that join the layers of an encoder",
  },
  learning: {
    numbers: "seeds",
    graph: "losses are differentiated",
    plm: "what is learned on is a model",
    prompts: "what is learned are a writer's prompts",
  },
  "front-matter": { said: "why tags cannot be written is told", text: "tags are compared by their keys" },
  corpus: {
    said: "why a document cannot be read is told",
    text: "keys of tags",
    "front-matter": "title, date, authors and tags of a document",
  },
  store: { said: "its failures are told", text: "tags are kept and counted by their keys" },
  tone: {
    said: "why a gate is open or shut",
    numbers: "intervals and seeds",
    graph: "the head is a graph",
    plm: "which stands on an encoder",
    prompts: "read under a writer's prompts",
    learning: "in batches",
  },
  tags: {
    said: "how well tags are suggested",
    numbers: "vectors, intervals and seeds",
    text: "keys of tags",
    graph: "the error of a score that is no number",
  },
  voice: { said: "why a gate is open or shut", numbers: "means, seeds and small systems of equations" },
  profile: {
    said: "gates and signs are told",
    numbers: "intervals and seeds",
    text: "names of texts",
    graph: "what the model says of words is a graph",
    plm: "a profile belongs to a model",
    prompts: "prompts are its first part",
    learning: "they are compared on passages",
    tags: "what was learned of tags is its second",
    tone: "what was learned of tone its third",
    voice: "the writer's voice its fourth",
    corpus: "later documents are read for drift",
    store: "versions are kept there",
  },
  readings: {
    said: "why something is not read",
    numbers: "means and seeds",
    text: "names of texts and tags",
    plm: "texts are read by a model",
    prompts: "under a writer's prompts",
    learning: "in batches of passages",
    tone: "tone of sentences and documents",
    tags: "tags of documents",
    voice: "how much paragraphs sound like the writer",
    profile: "with what was learned",
    corpus: "places in documents",
    store: "and with what was taught",
  },
  session: {
    said: "failures are told",
    graph: "whether this machine can learn",
    plm: "the model is opened once",
    prompts: "defaults of prompts",
    learning: "defaults of learning",
    tone: "the encoder that texts are read with",
    profile: "a writer's profile is opened",
    store: "and the store",
    corpus: "whose document it is",
    protocol: "options of the learner",
    voice: "how others write is opened once",
  },
  agents: {
    numbers: "how near passages are",
    corpus: "texts of agents are read as documents",
    store: "passages of the writer are kept there",
    voice: "how many words a voice is told by",
    readings: "tone, tags, passages and voice",
    session: "opened once",
    protocol: "what may be asked, and what an answer is",
    words: "a score in the words of the terminal",
  },
  words: {
    said: "sentences are said in the reader's language",
    tags: "reasons of suggestions in words",
  },
  protocol: { said: "a failure is told across processes" },
  webview: { protocol: "what panels are sent" },
  editor: {
    protocol: "what the server is asked and answers",
    words: "in the same words as the terminal",
  },
  learner: {
    said: "gates and failures are told",
    numbers: "seeds and intervals",
    text: "names of texts",
    graph: "the error of memory that ran out",
    plm: "the model is learned on",
    prompts: "prompts are learned",
    learning: "by the trainer",
    "front-matter": "labels stand in fields",
    corpus: "documents are read",
    store: "and kept",
    tone: "tone is learned",
    tags: "tags are learned",
    voice: "the voice is learned",
    profile: "a version is made and proved",
    readings: "labelled sentences are read",
    session: "the right to learn, what is told at opening",
    protocol: "it is told what to do, and tells how far it is",
    words: "languages have the same names everywhere",
  },
  server: {
    said: "failures are told",
    agents: "agents of the editor are answered",
    numbers: "mean vectors",
    text: "names of texts and tags",
    learning: "passages",
    "front-matter": "tags are edited and completed",
    corpus: "open documents are read",
    store: "lessons are kept",
    tone: "tone is shown",
    tags: "tags are suggested",
    voice: "how others write is kept open",
    profile: "with a writer's profile",
    readings: "read with it",
    session: "opened once",
    learner: "which it starts, and asks for news of folders",
    protocol: "what the editor asks",
    words: "in the same words as the terminal",
  },
  cli: {
    said: "is said in English",
    agents: "idiolect mcp answers them",
    numbers: "what a gate says",
    plm: "models are inspected",
    learning: "defaults that help shows",
    corpus: "files are read",
    store: "stores are opened",
    tone: "tone is shown",
    tags: "tags are suggested",
    profile: "profiles are reported",
    readings: "texts are read with them",
    session: "opened once",
    learner: "which it starts, and asks for news of folders",
    server: "idiolect lsp is the server",
    protocol: "what the learner tells",
    words: "in the same words as the editor",
  },
  lab: {
    numbers: "intervals and seeds",
    text: "readings are kept by the names of their texts",
    graph: "its own losses are graphs",
    plm: "on models",
    prompts: "other tunings are compared with prompts",
    learning: "by the same trainer",
    corpus: "blogs are read",
    tone: "methods of tone are measured",
    tags: "methods of tags are measured",
    profile: "passages of writers",
    readings: "texts are read as the product does",
    session: "defaults",
    voice: "how well voices are told apart is measured",
    cli: "it is a part of the command line",
    words: "in the same words as the product",
  },
};

const borders = Object.entries(allowed).map(([folder, reasons]) => {
  const others = Object.keys(reasons);
  return {
    name: `border-of-${folder}`,
    comment: [
      `src/${folder} may import, of ours, only:`,
      ...Object.entries(reasons).map(([other, reason]) => `${other} (${reason})`),
    ].join("\n"),
    severity: "error",
    from: { path: `^src/${folder}/`, pathNot: "^src/cli/lab-command\\.ts$" },
    to: { path: "^src/", pathNot: `^src/(${[folder, ...others].join("|")})/` },
  };
});

module.exports = {
  forbidden: [
    ...borders,
    {
      name: "no-folder-without-border",
      comment: "a new folder of src needs a line in `allowed`, and in docs/architecture.md",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${Object.keys(allowed).join("|")})/` },
      to: {},
    },
    {
      name: "only-the-lab-imports-the-lab",
      comment:
        "the command `idiolect lab` alone reaches it, by import(), so that a writer's machine can do without",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(lab/|cli/lab-command\\.ts$)" },
      to: { path: "^src/lab/" },
    },
    {
      name: "the-lab-loads-late",
      severity: "error",
      from: { path: "^src/cli/lab-command\\.ts$" },
      to: { path: "^src/lab/", dynamic: false },
    },
    {
      name: "only-editor-imports-vscode",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/editor/" },
      to: { path: "^vscode(-languageclient)?($|/)|node_modules/vscode-languageclient/" },
    },
    {
      name: "one-loads-onnxruntime",
      comment: "it switches the library's telemetry off first",
      severity: "error",
      from: { path: "^(src|scripts|bench|test)/", pathNot: "^src/graph/onnx-runtime\\.ts$" },
      to: { path: "^onnxruntime-|node_modules/onnxruntime-" },
    },
    {
      name: "pictures-load-late",
      comment:
        "what draws would be a third of the command line; only import() reaches it (scripts/build.mjs)",
      severity: "error",
      from: { pathNot: "^src/lab/studies/(plot-study|draw-picture)\\.ts$" },
      to: {
        path: "^src/lab/studies/(plot-study|draw-picture)\\.ts$|node_modules/(@observablehq/plot|linkedom)/",
        dynamic: false,
      },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-development-packages",
      comment:
        "what runs at the user's is a dependency or lies in the bundles (scripts/bundled-packages.json); " +
        "@types/* hold types alone",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], pathNot: `(^|/)node_modules/(@types|${bundled.join("|")})/` },
    },
    {
      name: "no-undeclared-packages",
      comment: "a package that only comes along with another may go with it",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^vscode$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // TypeScript 7 offers no API that the cruiser knows; swc reads the files for it, types included.
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};

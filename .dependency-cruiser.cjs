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

const core = ["graph", "plm", "prompts", "learning"];
const belowPrograms = [...core, "evaluation", "corpus", "store", "tasks", "profile", "protocol"];
const programs = ["server", "learner", "cli"];

/** Whom each folder of src may import, itself aside. */
const allowed = {
  graph: [],
  plm: ["graph"],
  prompts: ["graph", "plm"],
  learning: ["graph", "plm", "prompts"],
  evaluation: [],
  corpus: [],
  store: [],
  tasks: [...core, "evaluation"],
  profile: [...core, "evaluation", "tasks", "corpus", "store"],
  protocol: [],
  editor: ["protocol"],
  ...Object.fromEntries(programs.map((program) => [program, [...belowPrograms, ...programs]])),
};

const borders = Object.entries(allowed).map(([folder, others]) => ({
  name: `border-of-${folder}`,
  comment: `src/${folder} may import, of ours, only: ${others.join(", ") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${folder}/`, pathNot: "^src/evaluation/studies/" },
  to: { path: "^src/", pathNot: `^src/(${[folder, ...others].join("|")})/` },
}));

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
      name: "studies-use-no-program",
      severity: "error",
      from: { path: "^src/evaluation/studies/" },
      to: { path: "^src/(server|learner|cli|editor)/" },
    },
    {
      name: "only-programs-know-studies",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(evaluation/studies|server|learner|cli)/" },
      to: { path: "^src/evaluation/studies/" },
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
      from: { pathNot: "^src/evaluation/studies/(plot-study|draw-picture)\\.ts$" },
      to: {
        path: "^src/evaluation/studies/(plot-study|draw-picture)\\.ts$|node_modules/(@observablehq/plot|linkedom)/",
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

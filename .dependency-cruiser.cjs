// The layers of docs/architecture.md: each imports only what stands before it. Run by `npm run check`.
const LAYERS = {
  posix: [],
  sim: ["posix"],
  workstation: ["sim", "posix"],
  challenges: ["sim"],
  grading: ["workstation", "challenges", "sim", "posix"],
  classroom: ["challenges", "grading"],
};
const PURE_PACKAGES = [
  "^node_modules/@noble/",
  "^node_modules/@peculiar/",
  "^node_modules/yaml/",
  "^node_modules/zod/",
  "^node_modules/just-bash/",
  "^node_modules/re2js/",
  "^node_modules/@marcbachmann/cel-js/",
  "^node_modules/papaparse/",
  "^node_modules/@types/papaparse/",
  "^node_modules/kubernetes-models/",
  "^node_modules/@kubernetes-models/",
];

const forbidden = Object.entries(LAYERS).map(([layer, below]) => ({
  name: `${layer}-imports-only-below`,
  severity: "error",
  from: { path: `^src/${layer}/`, pathNot: "\\.test\\.ts$" },
  to: { path: "^src/", pathNot: [`^src/${layer}/`, ...below.map((other) => `^src/${other}/`)] },
}));

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: "pure-layers-do-no-io",
      comment: "Only packages that compute may be used by the pure layers; Node's own modules may not.",
      severity: "error",
      // What only tests use may read files.
      from: { path: `^src/(${Object.keys(LAYERS).join("|")})/`, pathNot: ["\\.test\\.ts$", "/golden/"] },
      to: { pathNot: ["^src/", ...PURE_PACKAGES] },
    },
    {
      name: "pages-know-the-server-by-types",
      severity: "error",
      from: { path: "^src/(app|ui|i18n)/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: "^src/(server|workstation|grading|classroom|challenges|sim|posix)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "server-knows-no-pages",
      severity: "error",
      from: { path: "^src/server/" },
      to: { path: "^src/(app|ui)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "nothing-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["src/server/db/generated", "^\\.next/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};

import { z } from "zod";
import { ADDONS } from "../sim/options";

/** Text in each language that a challenge speaks. English is required and is what others fall back to. */
export const localized = z
  .object({ en: z.string().min(1), "zh-TW": z.string().min(1).optional(), "zh-CN": z.string().min(1).optional() })
  .strict();
export type Localized = z.infer<typeof localized>;

const objectRef = z.object({ resource: z.string(), namespace: z.string().optional(), name: z.string() }).strict();

const place = z.union([
  z.literal("workstation"),
  z.object({ pod: z.string(), namespace: z.string().optional() }).strict(),
  z.object({ node: z.string() }).strict(),
]);

/** Must be true of the cluster: CEL, with `object(resource, name[, namespace])`, `objects(resource[, namespace])` and `answers`. */
const celCondition = z.object({ cel: z.string().min(1), about: objectRef.optional() }).strict();

/** A request from a place in the cluster, and what must come back. Header values and body are matched as regular expressions. */
const requestCondition = z
  .object({
    request: z
      .object({
        from: place.default("workstation"),
        url: z.string().min(1),
        method: z.string().default("GET"),
        headers: z.record(z.string(), z.string()).default({}),
        /** A file of the learner's home: the chain must verify against it. Without it, `insecure` must say so. */
        caFile: z.string().optional(),
        insecure: z.boolean().default(false),
        /** Straight into a pod, as port-forward does. */
        intoPod: z.object({ pod: z.string(), namespace: z.string().optional() }).strict().optional(),
        expect: z
          .object({
            status: z.number().int().optional(),
            body: z.string().optional(),
            outcome: z
              .enum(["ok", "refused", "timeout", "unreachable", "unknown-host", "reset", "bad-certificate"])
              .default("ok"),
          })
          .strict(),
      })
      .strict(),
  })
  .strict();

const commandCondition = z
  .object({
    command: z
      .object({
        run: z.string().min(1),
        exitCode: z.number().int().default(0),
        stdout: z.string().optional(),
        stderr: z.string().optional(),
      })
      .strict(),
  })
  .strict();

const answerCondition = z.object({ answer: z.object({ question: z.string() }).strict() }).strict();

/** A fact of the past: a command line that matches was run and succeeded. */
const historyCondition = z
  .object({
    history: z.object({ command: z.string().min(1), atLeast: z.number().int().positive().default(1) }).strict(),
  })
  .strict();

const nodeFault = z
  .object({ fault: z.enum(["node-down", "node-up", "kubelet-down", "kubelet-up"]), node: z.string() })
  .strict();
const componentFault = z.object({ fault: z.enum(["component-down", "component-up"]), component: z.string() }).strict();

const fault = z.union([
  nodeFault,
  z
    .object({
      fault: z.literal("kill-container"),
      namespace: z.string().default("default"),
      pod: z.string(),
      container: z.string().optional(),
    })
    .strict(),
  componentFault,
]);

/** What went wrong before the learner came, and how long after the lab's beginning. */
const pastFault = z.union([nodeFault.extend({ at: z.string() }), componentFault.extend({ at: z.string() })]);

export type Condition =
  | z.infer<typeof celCondition>
  | z.infer<typeof requestCondition>
  | z.infer<typeof commandCondition>
  | z.infer<typeof answerCondition>
  | z.infer<typeof historyCondition>
  | { whatIf: { do: WhatIfStep[]; check: Condition } }
  | { all: Condition[] };
type WhatIfStep = { wait: string } | { run: string } | z.infer<typeof fault>;

/** Fork the cluster, do this, look, throw the fork away. Durations as `30s`, `5m`. */
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    celCondition,
    requestCondition,
    commandCondition,
    answerCondition,
    historyCondition,
    z
      .object({
        whatIf: z
          .object({
            do: z.array(
              z.union([z.object({ wait: z.string() }).strict(), z.object({ run: z.string() }).strict(), fault]),
            ),
            check: condition,
          })
          .strict(),
      })
      .strict(),
    z.object({ all: z.array(condition).min(1) }).strict(),
  ]),
) as z.ZodType<Condition>;

const question = z
  .object({
    id: z.string(),
    text: localized,
    type: z.enum(["single", "multiple", "short", "order"]),
    options: z.array(z.object({ id: z.string(), text: localized }).strict()).default([]),
    /** Ids of options (for `order`: all of them, in the right order), or regular expressions that a short answer may match. */
    correct: z.array(z.string()).min(1),
    explanation: localized.optional(),
  })
  .strict();

const check = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    text: localized,
    points: z.number().int().nonnegative(),
    condition,
    /** What the cause chain starts from where the condition alone does not tell: Service, Pod, Deployment. */
    explain: objectRef.optional(),
  })
  .strict();

export const challengeSchema = z
  .object({
    /** `track/slug`: the folder's path below `challenges/`. */
    id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
    version: z.number().int().positive(),
    /** An incident tells what is seen, not what is to be done. */
    kind: z.enum(["lesson", "incident"]).default("lesson"),
    title: localized,
    summary: localized,
    tracks: z.array(z.string()).min(1),
    difficulty: z.enum(["easy", "medium", "hard"]),
    minutes: z.number().int().positive(),
    prerequisites: z.array(z.string()).default([]),
    teaches: z.array(z.string()).default([]),
    goals: z.array(localized).min(1),
    lab: z
      .object({
        kubectl: z.enum(["current", "classic"]).default("current"),
        /** Applied in order of name before the first prompt; the clock then runs this long. */
        settle: z.string().default("30s"),
        /** When the manifests are applied, counted from the lab's beginning: later than a fault that they must meet. */
        setupAt: z.string().default("0s"),
        faults: z.array(pastFault).default([]),
        nodes: z
          .array(
            z
              .object({
                name: z.string(),
                role: z.enum(["control-plane", "worker"]),
                cpu: z.string(),
                memory: z.string(),
              })
              .strict(),
          )
          .optional(),
        /** What the cluster has beyond that which kubeadm installs. */
        addons: z.array(z.enum(ADDONS)).default([]),
        /** Certificates made for the lab at its start, with validity relative to lab time. */
        certificates: z
          .array(
            z
              .object({
                ca: z.string(),
                certificate: z.string(),
                key: z.string(),
                commonName: z.string(),
                names: z.array(z.string()).default([]),
                addresses: z.array(z.string()).default([]),
                notBefore: z.string().default("-1h"),
                notAfter: z.string().default("8760h"),
              })
              .strict(),
          )
          .default([]),
      })
      .strict()
      .default({ kubectl: "current", settle: "30s", setupAt: "0s", faults: [], addons: [], certificates: [] }),
    hintCosts: z.array(z.number().int().nonnegative()).default([]),
    questions: z.array(question).default([]),
    checks: z.array(check).min(1),
    readOn: z.array(z.object({ title: localized, url: z.string().url() }).strict()).default([]),
  })
  .strict();

export type ChallengeSpec = z.infer<typeof challengeSchema>;
export type Check = ChallengeSpec["checks"][number];
export type Question = ChallengeSpec["questions"][number];

/** A challenge as it is played: the specification and the texts and files of its folder. */
export interface Challenge extends ChallengeSpec {
  /** Markdown by language. */
  brief: Record<string, string>;
  /** Each language's hints in order; one `##` section of hints.<lang>.md each. */
  hints: Record<string, string[]>;
  debrief: Record<string, string>;
  /** Manifests of setup/, in order of name. */
  setup: { name: string; content: string }[];
  /** Files of the learner's home, path relative to it. */
  files: Record<string, string>;
  /** What was drawn for this variant; empty where all learners get the same. */
  variables: Record<string, string>;
}

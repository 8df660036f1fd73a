import type { Environment } from "@marcbachmann/cel-js";

/** What is asked of whoever authorizes: `authorizer.group("apps").resource("deployments").check("create")`. */
export interface Question {
  verb: string;
  path?: string;
  resource?: { group: string; version: string; resource: string; subresource: string; namespace: string; name: string };
}

/** The answer to a question, for the user of the request or for a service account. */
export type Answer = (
  question: Question,
  serviceAccount?: { namespace: string; name: string },
) => {
  allowed: boolean;
  reason: string;
};

class Decision {
  constructor(
    readonly allowed: boolean,
    readonly reason: string,
  ) {}
}

class PathCheck {
  constructor(
    readonly authorizer: Authorizer,
    readonly path: string,
  ) {}
}

class GroupCheck {
  constructor(
    readonly authorizer: Authorizer,
    readonly group: string,
  ) {}
}

export class ResourceCheck {
  constructor(
    readonly authorizer: Authorizer,
    readonly asked: NonNullable<Question["resource"]>,
  ) {}
}

/** The variable `authorizer` (kubernetes.io/docs/reference/using-api/cel/#kubernetes-authorizer-library). */
export class Authorizer {
  readonly requestResource: ResourceCheck;
  constructor(
    readonly answer: Answer,
    readonly about: NonNullable<Question["resource"]>,
    readonly serviceAccount?: { namespace: string; name: string },
  ) {
    this.requestResource = new ResourceCheck(this, about);
  }

  decide(question: Question): Decision {
    const { allowed, reason } = this.answer(question, this.serviceAccount);
    return new Decision(allowed, reason);
  }
}

const mustSay = (what: string, text: string): string => {
  if (text.trim() === "") throw new Error(`${what} must not be empty`);
  return text;
};

/** Teaches an environment the authorizer's types and functions. */
export function registerAuthorizer(environment: Environment): Environment {
  const narrowed = (field: "subresource" | "namespace" | "name") => (check: ResourceCheck, value: string) =>
    new ResourceCheck(check.authorizer, { ...check.asked, [field]: value });
  return environment
    .registerType("kubernetes.authorization.Decision", Decision)
    .registerType("kubernetes.authorization.PathCheck", PathCheck)
    .registerType("kubernetes.authorization.GroupCheck", GroupCheck)
    .registerType("kubernetes.authorization.ResourceCheck", ResourceCheck)
    .registerType("Authorizer", {
      ctor: Authorizer,
      fields: { requestResource: "kubernetes.authorization.ResourceCheck" },
    })
    .registerFunction(
      "Authorizer.path(string): kubernetes.authorization.PathCheck",
      (authorizer: Authorizer, path: string) => new PathCheck(authorizer, mustSay("path", path)),
    )
    .registerFunction(
      "Authorizer.group(string): kubernetes.authorization.GroupCheck",
      (authorizer: Authorizer, group: string) => new GroupCheck(authorizer, group),
    )
    .registerFunction(
      "Authorizer.serviceAccount(string, string): Authorizer",
      (authorizer: Authorizer, namespace: string, name: string) =>
        new Authorizer(authorizer.answer, authorizer.about, { namespace, name }),
    )
    .registerFunction(
      "kubernetes.authorization.GroupCheck.resource(string): kubernetes.authorization.ResourceCheck",
      (check: GroupCheck, resource: string) =>
        new ResourceCheck(check.authorizer, {
          group: check.group,
          version: "*",
          resource: mustSay("resource", resource),
          subresource: "",
          namespace: "",
          name: "",
        }),
    )
    .registerFunction(
      "kubernetes.authorization.ResourceCheck.subresource(string): kubernetes.authorization.ResourceCheck",
      narrowed("subresource"),
    )
    .registerFunction(
      "kubernetes.authorization.ResourceCheck.namespace(string): kubernetes.authorization.ResourceCheck",
      narrowed("namespace"),
    )
    .registerFunction(
      "kubernetes.authorization.ResourceCheck.name(string): kubernetes.authorization.ResourceCheck",
      narrowed("name"),
    )
    .registerFunction(
      "kubernetes.authorization.ResourceCheck.check(string): kubernetes.authorization.Decision",
      ({ authorizer, asked }: ResourceCheck, verb: string) => authorizer.decide({ verb, resource: asked }),
    )
    .registerFunction(
      "kubernetes.authorization.PathCheck.check(string): kubernetes.authorization.Decision",
      ({ authorizer, path }: PathCheck, verb: string) => authorizer.decide({ verb, path }),
    )
    .registerFunction("kubernetes.authorization.Decision.allowed(): bool", ({ allowed }: Decision) => allowed)
    .registerFunction("kubernetes.authorization.Decision.reason(): string", ({ reason }: Decision) => reason)
    .registerFunction("kubernetes.authorization.Decision.errored(): bool", () => false)
    .registerFunction("kubernetes.authorization.Decision.error(): string", () => "");
}

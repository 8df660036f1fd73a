import { type Call, type Command, usageError } from "../../command";
import { ApiError, CliError } from "../../errors";
import { parseDuration } from "../../flags/duration";
import { PRINT_FLAGS } from "../../flags/groups";
import { array, duration, text } from "../../flags/spec";
import { printerFor } from "../../printers/output";

const BOUND_KINDS = ["Node", "Pod", "Secret"];

export const token: Command = {
  name: "token",
  use: "create token SERVICE_ACCOUNT_NAME",
  short: "Request a service account token",
  long: "Request a service account token.",
  examples: `# A token of the account myapp in the current namespace
kubectl create token myapp

# One that lasts ten minutes
kubectl create token myapp --duration 10m

# One that ends with a Secret
kubectl create token myapp --bound-object-kind Secret --bound-object-name mysecret`,
  flags: [
    ...PRINT_FLAGS,
    array("audience", { usage: "Whom the token is for. Default: the API server. May be repeated." }),
    duration("duration", { usage: "How long the token shall last. The server may choose another time." }),
    text("bound-object-kind", { usage: `What the token is bound to: ${BOUND_KINDS.join(", ")}.` }),
    text("bound-object-name", { usage: "Name of the object that the token is bound to." }),
    text("bound-object-uid", { usage: "UID of the object that the token is bound to. Default: that of the one now." }),
  ],
  complete: "none",
  async run(call) {
    const { session, args, flags } = call;
    if (args.length !== 1) throw usageError(call, `exactly one NAME is required, got ${args.length}`);
    const printer = printerFor(flags, { readFile: (name) => session.readFile(name) });
    const spec = specOf(call);
    const path = `/api/v1/namespaces/${session.namespace}/serviceaccounts/${args[0]}/token`;
    const body = { kind: "TokenRequest", apiVersion: "authentication.k8s.io/v1", metadata: {}, spec, status: {} };
    const answer: any = await session.client.request("POST", path, { body }).catch((error) => {
      throw error instanceof ApiError ? new CliError(`failed to create token: ${error.message}`) : error;
    });
    session.out(
      printer
        ? printer.print(answer, { group: "authentication.k8s.io", kind: "TokenRequest" })
        : `${answer.status.token}\n`,
    );
    return 0;
  },
};

function specOf({ flags }: Call) {
  const [kind, name, uid] = ["kind", "name", "uid"].map((part) => flags.text(`bound-object-${part}`));
  const milliseconds = parseDuration(flags.text("duration")) ?? 0;
  const audiences = flags.list("audience");
  if (milliseconds < 0) throw new CliError("--duration must be greater than or equal to 0");
  if (milliseconds % 1000 !== 0) throw new CliError("--duration cannot be expressed in units less than seconds");
  if (audiences.includes("")) throw new CliError("--audience must not be an empty string");
  if (!kind && name) throw new CliError("--bound-object-name can only be set if --bound-object-kind is provided");
  if (!kind && uid) throw new CliError("--bound-object-uid can only be set if --bound-object-kind is provided");
  if (kind && !BOUND_KINDS.includes(kind))
    throw new CliError(`supported --bound-object-kind values are ${BOUND_KINDS.join(", ")}`);
  if (kind && !name) throw new CliError("--bound-object-name is required if --bound-object-kind is provided");
  return {
    audiences: audiences.length > 0 ? audiences : null,
    expirationSeconds: milliseconds > 0 ? milliseconds / 1000 : null,
    boundObjectRef: kind ? { kind, apiVersion: "v1", name, ...(uid && { uid }) } : null,
  };
}

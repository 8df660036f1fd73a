import { rfc3339 } from "@/sim/kernel/time";
import type { Call, Command } from "../command";
import { CliError, isConflict } from "../errors";
import { FILE_FLAGS, PRINT_FLAGS } from "../flags/groups";
import { bool } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import { type Info, pathOf } from "../resource/info";
import { report } from "../resource/submit";

const KIND = "CertificateSigningRequest.certificates.k8s.io";
/** As often is a decision tried again that another write came before. */
const MAX_ATTEMPTS = 10;

interface Decision {
  type: "Approved" | "Denied";
  reason: string;
  message: string;
}

const APPROVED: Decision = {
  type: "Approved",
  reason: "KubectlApprove",
  message: "This CSR was approved by kubectl certificate approve.",
};
const DENIED: Decision = {
  type: "Denied",
  reason: "KubectlDeny",
  message: "This CSR was denied by kubectl certificate deny.",
};

const decide = (decision: Decision) => async (call: Call) => {
  const { args, flags } = call;
  if (args.length === 0 && flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("one or more CSRs must be specified as <name> or -f <filename>");
  const built = await build(call, { args: args.map((name) => `certificatesigningrequests/${name}`) });
  if (built.infos.length === 0 && built.errors.length === 0) call.session.out("No resources found\n");
  await forEachInfo(built, async (info) => {
    const { group, kind } = info.resource;
    if (`${kind}.${group}` !== KIND)
      throw new CliError(`can only handle ${KIND} objects, got ${group ? `${kind}.${group}` : kind}`);
    await decideOne(call, info, decision);
    report(call, info, info.object, decision.type.toLowerCase(), "none");
  });
  return 0;
};

async function decideOne(call: Call, info: Info, { type, reason, message }: Decision): Promise<void> {
  const { client, nowMs } = call.session;
  const opposite = type === "Approved" ? "Denied" : "Approved";
  for (let attempt = 0; ; attempt++) {
    const request = await client.get(pathOf(info));
    const conditions: any[] = request.status?.conditions ?? [];
    if (conditions.some((one) => one.type === opposite))
      throw new CliError(`certificate signing request ${JSON.stringify(info.name)} is already ${opposite}`);
    const isDecided = conditions.some((one) => one.type === type);
    if (isDecided && !call.flags.bool("force")) return;
    const condition = { type, status: "True", reason, message, lastUpdateTime: rfc3339(nowMs) };
    const status = { ...request.status, conditions: isDecided ? conditions : [...conditions, condition] };
    try {
      await client.request("PUT", pathOf(info, "approval"), { body: { ...request, status } });
      return;
    } catch (error) {
      if (!isConflict(error) || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

const flags = [bool("force"), ...FILE_FLAGS, ...PRINT_FLAGS];

export const certificate: Command = {
  name: "certificate",
  use: "certificate SUBCOMMAND",
  short: "Modify certificate resources",
  bareHelp: "succeeds",
  commands: [
    {
      name: "approve",
      use: "certificate approve (-f FILENAME | NAME)",
      short: "Approve a certificate signing request",
      long: "Approve a certificate signing request: a controller then issues the certificate that it asks for. See what it asks for first: whoever gets it may act as whom it names.",
      examples: `# Approve CSR 'csr-sqgzp'
kubectl certificate approve csr-sqgzp`,
      flags,
      run: decide(APPROVED),
      complete: "none",
    },
    {
      name: "deny",
      use: "certificate deny (-f FILENAME | NAME)",
      short: "Deny a certificate signing request",
      long: "Deny a certificate signing request: no controller will issue a certificate for it.",
      examples: `# Deny CSR 'csr-sqgzp'
kubectl certificate deny csr-sqgzp`,
      flags,
      run: decide(DENIED),
      complete: "none",
    },
  ],
};

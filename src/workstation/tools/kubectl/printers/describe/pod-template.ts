import { containersLines } from "./containers";
import { volumesLines } from "./volumes";
import { annotationsLines, labelsLines, Writer } from "./writer";

export function podTemplateLines(w: Writer, template: any): void {
  w.line("Pod Template:");
  if (!template) {
    w.write(1, "<unset>");
    return;
  }
  const { metadata = {}, spec = {} } = template;
  labelsLines(w, "  Labels", metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) annotationsLines(w, "  Annotations", metadata.annotations);
  if (spec.serviceAccountName) w.line(`  Service Account:\t${spec.serviceAccountName}`);
  if (spec.initContainers?.length) containersLines(w, "Init Containers", spec.initContainers, true);
  containersLines(w, "Containers", spec.containers ?? [], true);
  volumesLines(w, spec.volumes, true);
  topologySpreadLines(w, spec.topologySpreadConstraints, "  ");
  if (spec.priorityClassName) w.line(`  Priority Class Name:\t${spec.priorityClassName}`);
  labelsLines(w, "  Node-Selectors", spec.nodeSelector);
  tolerationsLines(w, "  Tolerations", spec.tolerations);
}

export function topologySpreadLines(w: Writer, constraints: any[] | undefined, space: string): void {
  if (!constraints?.length) return;
  constraints.forEach((each, index) => {
    const selector = Object.entries(each.labelSelector?.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(",");
    w.line(
      `${index === 0 ? `${space}Topology Spread Constraints:` : ""}\t${each.topologyKey}:${each.whenUnsatisfiable} when max skew ${each.maxSkew} is exceeded${selector ? ` for selector ${selector}` : ""}`,
    );
  });
}

export function tolerationsLines(w: Writer, title: string, tolerations: any[] | undefined): void {
  if (!tolerations?.length) {
    w.line(`${title}:\t<none>`);
    return;
  }
  tolerations.forEach((each, index) => {
    w.line(`${index === 0 ? `${title}:` : ""}\t${tolerationText(each)}`);
  });
}

function tolerationText({ key = "", value = "", effect = "", operator, tolerationSeconds }: any): string {
  let text = key;
  if (value) text += `=${value}`;
  if (effect) text += `:${effect}`;
  if (operator === "Exists" && value === "") text += key || effect ? " op=Exists" : "op=Exists";
  if (tolerationSeconds !== undefined) text += ` for ${tolerationSeconds}s`;
  return text;
}

/** The template alone with its tabs as they are: `rollout history --revision`. */
export function rawPodTemplate(template: any): string {
  const w = new Writer();
  podTemplateLines(w, template);
  return w.raw();
}

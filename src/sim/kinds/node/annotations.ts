import type { FieldError } from "../../apiserver/status";
import { invalid, required } from "../validation/field-error";
import { jsonComplaint } from "../validation/json";
import { validateTaints } from "./taints";

type Annotations = Readonly<Record<string, string>>;

const TAINTS = "scheduler.alpha.kubernetes.io/taints";
const AVOID_PODS = "scheduler.alpha.kubernetes.io/preferAvoidPods";

/** ValidateNodeSpecificAnnotations: no scheduler reads them any more, yet they are still looked at. */
export function validateNodeAnnotations(annotations: Annotations | undefined, path: string): FieldError[] {
  return [
    ...parsed(annotations?.[TAINTS], (text) => [invalid(path, TAINTS, text)]).flatMap((taints) =>
      isError(taints) ? [taints] : validateTaints(taints, `${path}.${TAINTS}`),
    ),
    ...validateAvoidPods(annotations, path),
  ];
}

/** The pods that a node would rather not have: each entry names the controller that owns them. */
export function validateAvoidPods(annotations: Annotations | undefined, path: string): FieldError[] {
  return parsed(annotations?.[AVOID_PODS], (text) => [invalid(`${path}.AvoidPods`, AVOID_PODS, text)]).flatMap(
    (avoided) => (isError(avoided) ? [avoided] : validateEntries(avoided.preferAvoidPods, `${path}.${AVOID_PODS}`)),
  );
}

const isError = (value: any): value is FieldError => typeof value?.detail === "string";

function parsed(text: string | undefined, complain: (text: string) => FieldError[]): any[] {
  if (!text) return [];
  const complaint = jsonComplaint(text);
  return complaint === undefined ? [JSON.parse(text)] : complain(complaint);
}

function validateEntries(entries: readonly any[] | undefined, path: string): FieldError[] {
  return (entries ?? []).flatMap(({ podSignature }, index) => {
    const at = `${path}[${index}].PodSignature`;
    const controller = podSignature?.podController;
    if (!controller) return [required(at)];
    return controller.controller
      ? []
      : [invalid(`${at}.PodController.Controller`, false, "must point to a controller")];
  });
}

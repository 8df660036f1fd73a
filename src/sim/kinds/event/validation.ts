import type { FieldError } from "../../apiserver/status";
import { invalid } from "../validation/field-error";
import { isDns1123Subdomain } from "../validation/names";

/** Events about things without a namespace live in `default`; all others with what they are about. */
export function validateEvent(event: any): FieldError[] {
  const errors: FieldError[] = [];
  const { namespace } = event.metadata;
  const about = event.involvedObject?.namespace ?? "";
  if (about === "" ? !["", "default", "kube-system"].includes(namespace ?? "") : about !== namespace) {
    errors.push(invalid("involvedObject.namespace", about, "does not match event.namespace"));
  }
  for (const text of isDns1123Subdomain(namespace ?? "")) errors.push(invalid("namespace", namespace ?? "", text));
  return errors;
}

import { setOwn } from "../../kernel/own";
import type { Secret } from "../types";
import { base64, utf8 } from "./encode";

/** `stringData` is only ever written: it goes into `data` and is gone. */
export function defaultSecret(draft: Secret): void {
  const secret = draft as any;
  secret.type ||= "Opaque";
  if (secret.stringData && typeof secret.stringData === "object") {
    secret.data = { ...secret.data };
    for (const [key, text] of Object.entries(secret.stringData))
      setOwn(secret.data, key, base64(utf8(String(text ?? ""))));
  }
  delete secret.stringData;
  for (const [key, value] of Object.entries(secret.data ?? {})) {
    if (value === null) setOwn(secret.data, key, "");
    else if (typeof value === "string" && /[\r\n]/.test(value)) setOwn(secret.data, key, value.replace(/[\r\n]/g, ""));
  }
}

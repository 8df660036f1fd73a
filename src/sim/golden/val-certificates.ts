import { validateSignerName } from "../kinds/certificate-signing-request/signer-name";
import { validateRequest, validateRequestUpdate } from "../kinds/certificate-signing-request/validation";
import { isPathSegmentName } from "../kinds/validation/references";
import type { GoldenCase } from "./cases";
import { asObject } from "./manifest";
import { type Ask, callsSuite } from "./suite";
import { compareErrors } from "./validation";

/** The rights that a write through the object, its status or its approval has. */
const update =
  (rights?: Parameters<typeof validateRequestUpdate>[2]): Ask =>
  ({ in: [now, old], out }: GoldenCase) =>
    compareErrors(validateRequestUpdate(asObject(now), asObject(old), rights), out.at(-1));

export const certificatesSuite = callsSuite("val-certificates.jsonl.gz", {
  // Any name will do that can stand in a path.
  ValidateCertificateRequestName: ({ in: [name], out }) =>
    isPathSegmentName(name).length > 0 === (out[0] ?? []).length > 0 ? [] : ["differs"],
  ValidateCertificateSigningRequestSignerName: ({ in: [path, name], out }) =>
    compareErrors(validateSignerName(name, path), out[0]),
  ValidateCertificateSigningRequestCreate: ({ in: [request], out }) =>
    compareErrors(validateRequest(asObject(request)), out[0]),
  ValidateCertificateSigningRequestUpdate: update(),
  ValidateCertificateSigningRequestStatusUpdate: update({ issue: true }),
  ValidateCertificateSigningRequestApprovalUpdate: update({ decide: true }),
});

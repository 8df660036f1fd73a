import type { FieldError } from "../../../apiserver/status";
import type { CustomResourceDefinition } from "../../custom-resource/definition-types";
import { forbidden, invalid, required } from "../../validation/field-error";
import { goStrings } from "../../validation/go-syntax";
import { isDns1035Label } from "../../validation/names";
import { oneOf } from "./enum";

type Conversion = NonNullable<CustomResourceDefinition["spec"]["conversion"]>;

const KNOWN_REVIEWS = ["v1", "v1beta1"];

export function validateConversion(conversion: Conversion | undefined, path: string): FieldError[] {
  if (!conversion) return [];
  const { strategy, webhook } = conversion;
  const errors = oneOf(`${path}.strategy`, strategy, ["None", "Webhook"]);
  const clientPath = `${path}.webhookClientConfig`;
  const reviewsPath = `${path}.conversionReviewVersions`;
  if (strategy !== "Webhook") {
    const why = "should not be set when strategy is not set to Webhook";
    if (webhook?.clientConfig) errors.push(forbidden(clientPath, why));
    if (webhook?.conversionReviewVersions?.length) errors.push(forbidden(reviewsPath, why));
    return errors;
  }
  const client = webhook?.clientConfig;
  if (!client) errors.push(required(clientPath, "required when strategy is set to Webhook"));
  else if ((client.url === undefined) === (client.service === undefined))
    errors.push(required(clientPath, "exactly one of url or service is required"));
  return [...errors, ...validateReviews(webhook?.conversionReviewVersions ?? [], reviewsPath)];
}

function validateReviews(versions: readonly string[], path: string): FieldError[] {
  if (versions.length === 0) return [required(path)];
  const errors = versions.flatMap((version, index) => {
    if (versions.indexOf(version) < index) return [invalid(`${path}[${index}]`, version, "duplicate version")];
    return isDns1035Label(version).map((text) => invalid(`${path}[${index}]`, version, text));
  });
  if (!versions.some((version) => KNOWN_REVIEWS.includes(version)))
    errors.push(invalid(path, goStrings(versions), `must include at least one of ${KNOWN_REVIEWS.join(", ")}`));
  return errors;
}

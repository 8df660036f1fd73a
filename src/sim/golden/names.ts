import * as addresses from "../kinds/validation/addresses";
import { domainPrefixedPath } from "../kinds/validation/domain-prefixed-path";
import { quote } from "../kinds/validation/field-error";
import * as names from "../kinds/validation/names";
import { type Ask, callsSuite, differs } from "./suite";

const complaintsOf =
  (validate: (...args: any[]) => string[]): Ask =>
  ({ in: args, out }) =>
    differs(validate(...args), out[0] ?? []);

/** A recorded error of a field, as the server words it. */
const recordedError = ({ Field, Type, BadValue, Detail }: any) =>
  Type === "FieldValueRequired" ? `${Field}: Required value` : `${Field}: Invalid value: ${quote(BadValue)}: ${Detail}`;

export const namesSuite = callsSuite("names.jsonl.gz", {
  IsCIdentifier: complaintsOf(names.isCIdentifier),
  IsConfigMapKey: complaintsOf(names.isConfigMapKey),
  IsDNS1035Label: complaintsOf(names.isDns1035Label),
  IsDNS1123Label: complaintsOf(names.isDns1123Label),
  IsDNS1123Subdomain: complaintsOf(names.isDns1123Subdomain),
  IsDomainPrefixedPath: ({ in: [path, text], out }) =>
    differs(
      domainPrefixedPath(text, path).map(({ field, detail }) => `${field}: ${detail}`),
      (out[0] ?? []).map(recordedError),
    ),
  IsHTTPHeaderName: complaintsOf(names.isHttpHeaderName),
  IsInRange: complaintsOf(names.isInRange),
  IsQualifiedName: complaintsOf(names.isQualifiedName),
  IsValidGroupID: complaintsOf(names.isUserOrGroupId),
  IsValidIP: complaintsOf((text) => (addresses.isIp(text) ? [] : [addresses.NOT_AN_IP])),
  IsValidLabelValue: complaintsOf(names.isLabelValue),
  IsValidPercent: complaintsOf(names.isPercent),
  IsValidPortName: complaintsOf(names.isPortName),
  IsValidPortNum: complaintsOf(names.isPortNumber),
  IsValidUserID: complaintsOf(names.isUserOrGroupId),
  IsWildcardDNS1123Subdomain: complaintsOf(names.isWildcardDns1123Subdomain),
});

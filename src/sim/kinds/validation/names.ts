/** Validators of names and formats: each gives the complaints about a value, none where it is good. */

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const ENV_NAME = "[-._a-zA-Z][-._a-zA-Z0-9]*";
const CONFIG_KEY = "[-._a-zA-Z0-9]+";
const HEADER = "[-A-Za-z0-9]+";
const PERCENT = "[0-9]+%";

export const LABEL_MAX = 63;
export const SUBDOMAIN_MAX = 253;

const compiled = new Map<string, RegExp>();
const matches = (pattern: string, value: string) => {
  let regexp = compiled.get(pattern);
  if (!regexp) {
    regexp = new RegExp(`^(?:${pattern})$`);
    compiled.set(pattern, regexp);
  }
  return regexp.test(value) && !value.endsWith("\n");
};

const maxLength = (length: number) => `must be no more than ${length} characters`;
const EMPTY = "must be non-empty";

/** The text that names a pattern with examples: `… (e.g. 'a',  or 'b', regex used for validation is '…')`. */
export function regexError(text: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${text} (regex used for validation is '${pattern}')`;
  return `${text} (e.g. ${examples.map((example) => `'${example}', `).join(" or ")}regex used for validation is '${pattern}')`;
}

export const inclusiveRange = (low: number, high: number) => `must be between ${low} and ${high}, inclusive`;

export const DNS_1123_LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";

export function isDns1123Label(value: string): string[] {
  const errors: string[] = [];
  if (value.length > LABEL_MAX) errors.push(maxLength(LABEL_MAX));
  if (!matches(LABEL, value)) {
    if (matches(SUBDOMAIN, value)) errors.push("must not contain dots");
    else errors.push(regexError(DNS_1123_LABEL_TEXT, LABEL, "my-name", "123-abc"));
  }
  return errors;
}

const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

export function isDns1123Subdomain(value: string): string[] {
  const errors: string[] = [];
  if (value.length > SUBDOMAIN_MAX) errors.push(maxLength(SUBDOMAIN_MAX));
  if (!matches(SUBDOMAIN, value)) errors.push(regexError(SUBDOMAIN_TEXT, SUBDOMAIN, "example.com"));
  return errors;
}

export function isDns1035Label(value: string): string[] {
  const errors: string[] = [];
  const text =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  if (value.length > LABEL_MAX) errors.push(maxLength(LABEL_MAX));
  if (!matches(LABEL_1035, value)) errors.push(regexError(text, LABEL_1035, "my-name", "abc-123"));
  return errors;
}

export function isWildcardDns1123Subdomain(value: string): string[] {
  const errors: string[] = [];
  const pattern = `\\*\\.${SUBDOMAIN}`;
  const text =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  if (value.length > SUBDOMAIN_MAX) errors.push(maxLength(SUBDOMAIN_MAX));
  if (!matches(pattern, value)) errors.push(regexError(text, pattern, "*.example.com"));
  return errors;
}

const NAME_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** `name` or `prefix/name`: keys of labels, annotations, taints, resources. */
export function isQualifiedName(value: string): string[] {
  const errors: string[] = [];
  const parts = value.split("/");
  let name = value;
  if (parts.length === 2) {
    const prefix = parts[0]!;
    name = parts[1]!;
    if (prefix === "") errors.push(`prefix part ${EMPTY}`);
    else errors.push(...isDns1123Subdomain(prefix).map((error) => `prefix part ${error}`));
  } else if (parts.length > 2) {
    return [
      `a qualified name ${regexError(NAME_TEXT, QUALIFIED, "MyName", "my.name", "123-abc")} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  if (name === "") errors.push(`name part ${EMPTY}`);
  else if (name.length > LABEL_MAX) errors.push(`name part ${maxLength(LABEL_MAX)}`);
  if (!matches(QUALIFIED, name))
    errors.push(`name part ${regexError(NAME_TEXT, QUALIFIED, "MyName", "my.name", "123-abc")}`);
  return errors;
}

export function isLabelValue(value: string): string[] {
  const errors: string[] = [];
  const pattern = `(${QUALIFIED})?`;
  const text =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  if (value.length > LABEL_MAX) errors.push(maxLength(LABEL_MAX));
  if (!matches(pattern, value)) errors.push(regexError(text, pattern, "MyValue", "my_value", "12345"));
  return errors;
}

export function isCIdentifier(value: string): string[] {
  const pattern = "[A-Za-z_][A-Za-z0-9_]*";
  const text =
    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
  return matches(pattern, value) ? [] : [regexError(text, pattern, "my_name", "MY_NAME", "MyName")];
}

/** Names of environment variables: since 1.30 nearly everything printable but `=` (RelaxedEnvironmentVariableValidation). */
export function isRelaxedEnvVarName(value: string): string[] {
  if (value === "") return [`environment variable name ${EMPTY}`];
  const text = "a valid environment variable name must consist only of printable ASCII characters other than '='";
  return /^[ -<>-~]+$/.test(value) ? [] : [text];
}

export function isEnvVarName(value: string): string[] {
  const text =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const errors = matches(ENV_NAME, value)
    ? []
    : [regexError(text, ENV_NAME, "my.env-name", "MY_ENV.NAME", "MyEnvName1")];
  return [...errors, ...dotsOnly(value)];
}

function dotsOnly(value: string): string[] {
  if (value === ".") return ["must not be '.'"];
  if (value === "..") return ["must not be '..'"];
  return value.startsWith("..") ? ["must not start with '..'"] : [];
}

export function isConfigMapKey(value: string): string[] {
  const errors: string[] = [];
  const text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
  if (value.length > SUBDOMAIN_MAX) errors.push(maxLength(SUBDOMAIN_MAX));
  if (!matches(CONFIG_KEY, value)) errors.push(regexError(text, CONFIG_KEY, "key.name", "KEY_NAME", "key-name"));
  return [...errors, ...dotsOnly(value)];
}

export function isHttpHeaderName(value: string): string[] {
  const text = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return matches(HEADER, value) ? [] : [regexError(text, HEADER, "X-Header-Name")];
}

export function isPercent(value: string): string[] {
  const text = "a valid percent string must be a numeric string followed by an ending '%'";
  return matches(PERCENT, value) ? [] : [regexError(text, PERCENT, "1%", "93%")];
}

export const isPortNumber = (value: number): string[] =>
  value >= 1 && value <= 65_535 ? [] : [inclusiveRange(1, 65_535)];

export const isInRange = (value: number, low: number, high: number): string[] =>
  value >= low && value <= high ? [] : [inclusiveRange(low, high)];

const MAX_ID = 2_147_483_647;
export const isUserOrGroupId = (value: number): string[] => isInRange(value, 0, MAX_ID);

export function isPortName(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 15) errors.push("must be no more than 15 characters");
  if (!/^[-a-z0-9]+$/.test(value))
    errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(value)) errors.push("must contain at least one letter (a-z)");
  if (value.includes("--")) errors.push("must not contain consecutive hyphens");
  if (value.length > 0 && (value.startsWith("-") || value.endsWith("-")))
    errors.push("must not begin or end with a hyphen");
  return errors;
}

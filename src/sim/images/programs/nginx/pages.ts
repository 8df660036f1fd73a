/** nginx's own pages and status lines. */
export const STATUS_TEXTS: Record<number, string> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  206: "Partial Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Authorization Required",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Not Allowed",
  406: "Not Acceptable",
  408: "Request Time-out",
  409: "Conflict",
  410: "Gone",
  411: "Length Required",
  412: "Precondition Failed",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  415: "Unsupported Media Type",
  416: "Requested Range Not Satisfiable",
  421: "Misdirected Request",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
  505: "HTTP Version Not Supported",
  507: "Insufficient Storage",
};

const PLAIN_TO_TLS = "The plain HTTP request was sent to HTTPS port";

/** 497 is nginx's own number for plain HTTP on a TLS port; clients see 400. */
export function statusPage(status: number, version: string, showVersion: boolean): string {
  const shown = status === 497 ? 400 : status;
  const text = STATUS_TEXTS[shown];
  if (text === undefined) return "";
  const title = status === 497 ? `400 ${PLAIN_TO_TLS}` : `${shown} ${shown === 302 ? "Found" : text}`;
  const colour = Number(version.split(".")[1]) < 15 ? ' bgcolor="white"' : "";
  const detail = status === 497 ? `<center>${PLAIN_TO_TLS}</center>\r\n` : "";
  const heading = status === 497 ? "400 Bad Request" : title;
  const server = showVersion ? `nginx/${version}` : "nginx";
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body${colour}>\r\n<center><h1>${heading}</h1></center>\r\n${detail}` +
    `<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`
  );
}

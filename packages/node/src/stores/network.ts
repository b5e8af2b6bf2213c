/** Why a server could not be asked, in words, from the codes of Node; no message of a library is passed on. */

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ECONNRESET: 'the line dropped',
  EPIPE: 'the line dropped',
  UND_ERR_SOCKET: 'the line dropped',
  ENOTFOUND: 'there is no host of its name',
  EAI_AGAIN: 'names of hosts cannot be looked up: is this computer online?',
  EHOSTUNREACH: 'there is no way to its host: is this computer online?',
  ENETUNREACH: 'there is no way to its host: is this computer online?',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_BODY_TIMEOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

export function networkReason(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutError') return 'it does not answer'
    const reason = 'code' in cause && typeof cause.code === 'string' ? reasonOf(cause.code) : undefined
    if (reason !== undefined) return reason
  }
  return 'the line dropped'
}

/** OpenSSL has some thirty codes for a certificate that it does not take (nodejs.org/api/tls.html, "X509 certificate error codes"). */
function reasonOf(code: string): string | undefined {
  if (/CERT|LEAF_SIGNATURE/.test(code))
    return REASONS[code] ?? 'its certificate is not one that this computer trusts'
  return /^ERR_(SSL|TLS)_/.test(code) ? 'no secure connection to it comes about' : REASONS[code]
}

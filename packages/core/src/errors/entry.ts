/** What the catalogue says of one error; `errors.ts` says what each field is for. */
export type ErrorKind = 'usage' | 'damaged' | 'unreachable' | 'refused' | 'absent' | 'mismatch' | 'attention'

export interface Entry {
  readonly kind: ErrorKind
  readonly message: string
  readonly hint: string
}

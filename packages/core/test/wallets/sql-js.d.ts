/** What the tests use of sql.js, which comes without types. */
declare module 'sql.js' {
  export interface Database {
    exec(
      sql: string,
    ): { readonly columns: readonly string[]; readonly values: readonly (readonly unknown[])[] }[]
    run(sql: string, values?: readonly (null | number | bigint | string | Uint8Array)[]): Database
    export(): Uint8Array
    close(): void
  }
  // biome-ignore lint/style/noDefaultExport: it is one
  export default function initSqlJs(): Promise<{ readonly Database: new (bytes?: Uint8Array) => Database }>
}

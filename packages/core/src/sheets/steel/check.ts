/**
 * The check column and the check row of dots: a punch more where it makes the number of punches even, in every row and
 * then in every column. docs/steel.md, section "The check row".
 *
 * Two different plates that are right differ in at least four punches: where they differ, every row and every column
 * differs in an even number of them. One, two or three punches missing or too many are noticed, always; of four, only
 * those that stand at the corners of a rectangle are not.
 */

/** A row or column that a slip was made in, counted from 0; the last of each is the check. */
export interface Odd {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

export function withChecks(rows: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] {
  const wide = rows.map((row) => [...row, isOdd(row)])
  return [...wide, columnsOf(wide).map(isOdd)]
}

/** Rows and columns with an odd number of punches: none where all is right. */
export function oddOnes(rows: readonly (readonly boolean[])[]): Odd {
  return { rows: odd(rows), columns: odd(columnsOf(rows)) }
}

export function holds({ rows, columns }: Odd): boolean {
  return rows.length + columns.length === 0
}

function odd(lines: readonly (readonly boolean[])[]): readonly number[] {
  return lines.flatMap((line, i) => (isOdd(line) ? [i] : []))
}

function isOdd(line: readonly boolean[]): boolean {
  return line.filter((punched) => punched).length % 2 === 1
}

function columnsOf(rows: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] === true))
}

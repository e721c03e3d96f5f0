import type { Problem } from '../domain/problem.ts'

/** A request that cannot be granted, as the caller is told. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly status: number
  readonly errors: readonly Problem[]
  readonly headers: Readonly<Record<string, string>>

  /** @param detail one sentence for a person. */
  constructor(
    status: number,
    detail: string,
    {
      errors = [],
      headers = {},
    }: { errors?: readonly Problem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

export const notFound = (what: string): Failure => new Failure(404, `There is no such ${what}.`)

/** The request is well formed and breaks rules. */
export const invalid = (errors: readonly Problem[]): Failure =>
  new Failure(422, 'The request breaks the rules listed in errors; nothing was changed.', {
    errors,
  })

/** A delegation signer record (RFC 5910 section 4.1). */
export type DelegationSigner = { keyTag: number; alg: number; digestType: number; digest: string }

const same = (a: DelegationSigner, b: DelegationSigner): boolean =>
  a.keyTag === b.keyTag && a.alg === b.alg && a.digestType === b.digestType && a.digest === b.digest

/**
 * DS records by the ROID of their domain. They are kept while the server runs and forgotten with it: the sandbox's zones
 * are not signed, so that nothing else depends on them.
 */
export class Delegations {
  readonly #signers = new Map<string, readonly DelegationSigner[]>()

  of(roid: string): readonly DelegationSigner[] {
    return this.#signers.get(roid) ?? []
  }

  /** Takes `removed` away ('all' for every one) and then adds `added`, each once. */
  change(
    roid: string,
    removed: readonly DelegationSigner[] | 'all',
    added: readonly DelegationSigner[],
  ): void {
    const left =
      removed === 'all' ? [] : this.of(roid).filter((one) => !removed.some((r) => same(one, r)))
    const news = added.filter((one) => !left.some((l) => same(one, l)))
    this.#signers.set(roid, [...left, ...news])
  }
}

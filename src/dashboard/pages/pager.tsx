/** Steps through a long list. @param address the list's own address with its filters. */
export const Pager = ({ address, page, pages }: { address: URL; page: number; pages: number }) =>
  pages <= 1 ? null : (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? (
        <a rel="prev" href={pathTo(address, page - 1)}>
          ← Previous
        </a>
      ) : (
        <span />
      )}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a rel="next" href={pathTo(address, page + 1)}>
          Next →
        </a>
      ) : (
        <span />
      )}
    </nav>
  )

function pathTo(address: URL, page: number): string {
  const to = new URL(address)
  to.searchParams.delete('fragment')
  to.searchParams.set('page', String(page))
  return to.pathname + to.search
}

/** How many pages there are. */
export const pagesOf = (total: number, perPage: number): number =>
  Math.max(1, Math.ceil(total / perPage))

import type { Problem } from '../../domain/problem.ts'
import type { Page, Section } from '../layout.tsx'

/** What was asked for is not there. */
export const missingPage = (what: string, section: Section | null): Page => ({
  title: 'Not here',
  section,
  live: null,
  body: (
    <div class="narrow-page">
      <h1>Not here</h1>
      <p class="why">{what}</p>
    </div>
  ),
})

/** The question makes no sense: which field breaks which rule. */
export const refusedPage = (problems: readonly Problem[], section: Section): Page => ({
  title: 'That does not fit',
  section,
  live: null,
  body: (
    <div class="narrow-page">
      <h1>That does not fit</h1>
      <ul class="plain">
        {problems.map(({ field, message }) => (
          <li>
            <strong>{field}</strong>: {message}
          </li>
        ))}
      </ul>
      <p>
        <a href={section}>Start again without filters</a>
      </p>
    </div>
  ),
})

/** The database did not answer, or we broke something: said plainly, without the fault itself. */
export const troublePage = (): Page => ({
  title: 'Out of order',
  section: null,
  live: ['*'],
  body: (
    <div class="narrow-page">
      <h1>This page cannot be drawn now</h1>
      <p class="why">
        The database does not answer, or something of ours is broken. Captures run in a process of
        their own. This page tries again by itself.
      </p>
    </div>
  ),
})

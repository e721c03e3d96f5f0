import type { SignIn } from '../access.ts'
import type { Page } from '../layout.tsx'

/** @param next local path to go to afterwards. @param refused why the last attempt failed. */
export const signInPage = (
  next: string,
  refused: Exclude<SignIn, { kind: 'in' }> | null,
): Page => ({
  title: 'Sign in',
  section: null,
  live: null,
  body: (
    <div class="narrow-page">
      <h1>Sign in</h1>
      <p class="why">
        With an API token that has the scope <code>ops:read</code>, and <code>ops:act</code> for the
        switches. Somebody at the server makes one with <code>vigie token</code>.
      </p>
      <form class="stacked" method="post" action="/sign-in">
        {refused && (
          <p class="notice" role="alert" id="refused">
            {refusalWords(refused)}
          </p>
        )}
        <input type="hidden" name="next" value={next} />
        <label for="token">
          <span>Token</span>
          <input
            id="token"
            name="token"
            type="password"
            autocomplete="current-password"
            required
            maxlength={200}
            aria-describedby={refused ? 'refused' : undefined}
            autofocus
          />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </div>
  ),
})

function refusalWords(refused: Exclude<SignIn, { kind: 'in' }>): string {
  switch (refused.kind) {
    case 'unknown-token':
      return 'There is no such token, or it was revoked.'
    case 'no-scope':
      return 'This token may not read for ops: it lacks the scope ops:read.'
    case 'limited':
      return `Too many attempts. Try again in ${refused.seconds} s.`
  }
}

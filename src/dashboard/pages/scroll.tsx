import type { Child } from 'hono/jsx'

/** A table that may be wider than the page: it scrolls by itself, by keyboard too (WCAG 2.1.1), and the page stays still. */
export const Scroll = ({ label, children }: { label: string; children?: Child }) => (
  <section class="scroll" aria-label={label} tabindex={0}>
    {children}
  </section>
)

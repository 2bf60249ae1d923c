// The footer's frame: a sentence at the left, buttons at the right.
import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  footer: {
    gridArea: 'footer',
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '8px',
    minHeight: '60px',
    padding: '10px 24px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`
  },
  hint: { flexGrow: 1, flexBasis: '130px', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 }
})

export function FooterBar({ hint, children }: { readonly hint: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <footer className={styles.footer} data-region>
      <span className={styles.hint} data-hint>
        {hint}
      </span>
      {children}
    </footer>
  )
}

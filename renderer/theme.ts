// The looks: light, dark, day (for sunlight), the system's choice, and high contrast when the system forces it.
import { type Theme, teamsHighContrastTheme, webDarkTheme, webLightTheme } from '@fluentui/react-components'
import { useEffect, useState, useSyncExternalStore } from 'react'

export const looks = ['system', 'light', 'dark', 'day'] as const
export type Look = (typeof looks)[number]
export const lookTitles: Readonly<Record<Look, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  day: 'Day (for sunlight)'
}

const family = "'Segoe UI', system-ui, -apple-system, 'Noto Sans', 'DejaVu Sans', sans-serif"
const mono = "Consolas, 'Cascadia Mono', ui-monospace, 'DejaVu Sans Mono', monospace"
const withFonts = (theme: Theme): Theme => ({ ...theme, fontFamilyBase: family, fontFamilyMonospace: mono })

const light = withFonts(webLightTheme)
const dark: Theme = {
  ...withFonts(webDarkTheme),
  // Fluent's dark accents are too dim for small text on our surfaces.
  colorBrandForeground1: '#62abf5',
  colorBrandForegroundLink: '#62abf5',
  colorCompoundBrandForeground1: '#62abf5',
  colorStatusDangerForeground1: '#f1a3a6',
  colorNeutralStroke1: '#757575'
}
/** Black on white with strong lines: sunlight eats everything softer. */
const day: Theme = {
  ...light,
  colorNeutralForeground1: '#000000',
  colorNeutralForeground2: '#000000',
  colorNeutralForeground3: '#1a1a1a',
  colorNeutralForeground4: '#242424',
  colorNeutralBackground2: '#ffffff',
  colorNeutralStroke1: '#424242',
  colorNeutralStroke2: '#616161',
  colorNeutralStroke3: '#757575',
  colorBrandBackground: '#0c3b5e',
  colorBrandForeground1: '#0c3b5e'
}

const themes = { light, dark, day, contrast: withFonts(teamsHighContrastTheme) } as const

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches
  )
}

const remembered = (): Look => looks.find((look) => look === localStorage.getItem('look')) ?? 'system'

/** The theme to draw with, the choice behind it, and the way to change it. */
export function useLook(): { theme: Theme; look: Look; choose(look: Look): void } {
  const [look, setLook] = useState(remembered)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const forced = useMedia('(forced-colors: active)')
  const chosen = look === 'system' ? (systemDark ? 'dark' : 'light') : look
  useEffect(() => {
    document.documentElement.style.colorScheme = chosen === 'dark' ? 'dark' : 'light'
  }, [chosen])
  return {
    theme: themes[forced ? 'contrast' : chosen],
    look,
    choose: (next) => {
      localStorage.setItem('look', next)
      setLook(next)
    }
  }
}

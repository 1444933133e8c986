/// <reference types="vite/client" />

declare module '*.json?lingui' {
  export const messages: Record<string, string>
}

import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import boundaries from 'eslint-plugin-boundaries';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/**
 * The direction of dependencies. For each layer, the workspace packages it may import. Two rules hold it:
 * eslint-plugin-boundaries follows resolved paths, and no-restricted-imports bans names, since the first
 * passes whatever it cannot resolve.
 */
const MAY_IMPORT = {
  'packages/core': [],
  'packages/numerics': ['core'],
  'packages/datasets': ['core', 'numerics'],
  'packages/tensor-files': ['core'],
  'packages/theory': ['core', 'numerics'],
  'packages/simulation': ['core', 'numerics'],
  'packages/training': ['core', 'numerics'],
  'packages/kernels': ['core', 'numerics'],
  'packages/networks': ['core'],
  'packages/dense-engine': ['core', 'numerics', 'networks'],
  'packages/tfjs-networks': ['core', 'networks'],
  'packages/testing': ['core', 'numerics', 'networks'],
  'packages/lab': ['core', 'numerics', 'theory', 'kernels', 'simulation', 'training'],
  'packages/figures': ['core', 'numerics'],
  'packages/audit': ['core', 'numerics', 'theory'],
  'packages/tfjs-layers': ['core', 'numerics', 'theory', 'audit'],
  'plugins/*': ['core', 'numerics'],
  'plugins/analysis-*': ['core', 'numerics', 'theory'],
  'plugins/backend-*': ['core', 'numerics', 'networks'],
  'plugins/backend-simd': ['core', 'networks', 'dense-engine'],
  'plugins/backend-openblas': ['core', 'networks', 'dense-engine'],
  'plugins/backend-tfjs*': ['core', 'numerics', 'networks', 'tfjs-networks'],
  'plugins/task-mnist': ['core', 'numerics', 'datasets'],
  'plugins/task-fashion-mnist': ['core', 'numerics', 'datasets'],
  'plugins/task-array': ['core', 'numerics', 'tensor-files'],
};
const PACKAGES = readdirSync('packages');
const PLUGINS = readdirSync('plugins');
const WORKSPACE = [...PACKAGES, ...PLUGINS];

const forbidden = (allowed) => [
  ...WORKSPACE.filter((name) => !allowed.includes(name)).map((name) => `@meanfield/${name}`),
  'meanfield',
];

const bannedNames = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  files: [`${folder}/src/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: forbidden(allowed).map((name) => ({
          name,
          message: `${folder} may import: ${allowed.join(', ') || 'nothing of the workspace'}.`,
        })),
        patterns: [
          { group: ['@meanfield/*/*'], message: 'Import a package by its name, not a file inside it.' },
          {
            group: ['../../**/packages/**', '../../**/plugins/**', '../../**/apps/**'],
            message: 'A relative path must stay inside its package.',
          },
          ...(folder === 'packages/core'
            ? []
            : [
                {
                  group: ['tsyringe', 'reflect-metadata*'],
                  message: "Only core's container file knows tsyringe.",
                },
              ]),
        ],
      },
    ],
  },
}));

const elements = [
  ...PACKAGES.map((name) => ({ type: `package-${name}`, pattern: `packages/${name}` })),
  { type: 'plugin', pattern: 'plugins/*', capture: ['plugin'] },
  { type: 'app', pattern: 'apps/*' },
  { type: 'tool', pattern: 'tools/*' },
];
const policy = (from, types) => ({
  from: { element: { type: from } },
  allow: { to: { element: { type: types } } },
});
const packageTypes = (names) => names.map((name) => `package-${name}`);

export default defineConfig(
  { ignores: ['**/dist/**', '**/coverage/**', '**/runs/**', 'examples/**', '*/*/assembly/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.tests.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Typed arrays in hot loops are indexed within their length by construction.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'All randomness comes from named streams.' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['{packages,plugins,apps,tools}/*/src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': elements,
      'import/resolver': { typescript: createTypeScriptImportResolver({ project: 'tsconfig.json' }) },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(MAY_IMPORT)
              .filter(([folder, names]) => folder.startsWith('packages/') && names.length > 0)
              .map(([folder, names]) =>
                policy(`package-${folder.slice('packages/'.length)}`, packageTypes(names)),
              ),
            policy(
              'plugin',
              packageTypes([
                'core',
                'numerics',
                'datasets',
                'dense-engine',
                'networks',
                'tensor-files',
                'tfjs-networks',
                'theory',
              ]),
            ),
            policy(['app', 'tool'], [...packageTypes(PACKAGES), 'plugin']),
          ],
        },
      ],
    },
  },
  ...bannedNames,
  {
    files: ['**/*.test.ts', '{packages,plugins,apps,tools}/*/test/**/*.ts'],
    rules: {
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  prettier,
);

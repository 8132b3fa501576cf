//! `${provider:path:key}` in values, where `config.providers` names the provider (KIP-297, KIP-889).

use std::collections::BTreeMap;
use std::path::Path;

use super::error::ConfigError;
use super::file::read_file;
use super::properties;

const DECLARATION: &str = "config.providers";

/// The providers that a list of properties declares.
#[derive(Debug, Default)]
pub(super) struct Substitution {
    providers: BTreeMap<String, Provider>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Provider {
    /// `${name:path:file}`: the content of a file in a directory.
    Directory,
    /// `${name:VARIABLE}`.
    Environment,
    /// `${name:path:key}`: a key of a `.properties` file.
    File,
}

impl Substitution {
    /// Whether a property concerns the providers themselves.
    pub(super) fn is_about(key: &str) -> bool {
        key == DECLARATION
            || key
                .strip_prefix(DECLARATION)
                .is_some_and(|rest| rest.starts_with('.'))
    }

    /// Reads `config.providers` and `config.providers.NAME.class`.
    pub(super) fn of(pairs: &[(String, String)]) -> Result<Self, ConfigError> {
        let find = |wanted: &str| {
            pairs
                .iter()
                .rev()
                .find(|(key, _)| key == wanted)
                .map(|(_, value)| value.trim())
        };
        let mut providers = BTreeMap::new();
        for name in super::parse::list(find(DECLARATION).unwrap_or_default()) {
            let key = format!("{DECLARATION}.{name}.class");
            let class = find(&key).unwrap_or_default();
            let provider = match class.rsplit('.').next().unwrap_or_default() {
                "DirectoryConfigProvider" => Provider::Directory,
                "EnvVarConfigProvider" => Provider::Environment,
                "FileConfigProvider" => Provider::File,
                _ => {
                    let expected = "`EnvVarConfigProvider`, `FileConfigProvider` or `DirectoryConfigProvider` of \
                                    `org.apache.kafka.common.config.provider`";
                    return Err(ConfigError::Value {
                        key,
                        value: class.to_owned(),
                        expected: expected.to_owned(),
                    });
                }
            };
            providers.insert(name.to_owned(), provider);
        }
        Ok(Self { providers })
    }

    /// Replaces what `value` refers to. What names no declared provider stays as it is.
    pub(super) fn apply(&self, key: &str, value: &str) -> Result<String, ConfigError> {
        if self.providers.is_empty() {
            return Ok(value.to_owned());
        }
        let mut out = String::new();
        let mut rest = value;
        while let Some(start) = rest.find("${") {
            let (before, at) = rest.split_at(start);
            out.push_str(before);
            let Some(end) = at.find('}') else {
                rest = at;
                break;
            };
            let (reference, behind) = at.split_at(end + 1);
            match self.resolve(key, &at[2..end])? {
                Some(found) => out.push_str(&found),
                None => out.push_str(reference),
            }
            rest = behind;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn resolve(&self, key: &str, reference: &str) -> Result<Option<String>, ConfigError> {
        let Some((name, rest)) = reference.split_once(':') else {
            return Ok(None);
        };
        let Some(&provider) = self.providers.get(name) else {
            return Ok(None);
        };
        let (path, item) = rest.rsplit_once(':').unwrap_or(("", rest));
        let unresolved = |reason: String| ConfigError::Unsupported {
            key: key.to_owned(),
            reason,
        };
        match provider {
            Provider::Directory if path.is_empty() || item.contains(['/', '\\']) || item == ".." => {
                Err(unresolved(format!(
                    "`${{{reference}}}` must name a directory and a file in it"
                )))
            }
            Provider::Directory => {
                let bytes = read_file(key, &Path::new(path).join(item))?;
                let text = String::from_utf8(bytes)
                    .map_err(|_| unresolved(format!("the file of `${{{reference}}}` is not UTF-8")))?;
                Ok(Some(text))
            }
            Provider::Environment if !path.is_empty() => Err(unresolved(format!(
                "`${{{reference}}}` has a path, but a variable has none"
            ))),
            Provider::Environment => match std::env::var(item) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(unresolved(format!(
                    "the environment variable `{item}` is not set, or is not UTF-8"
                ))),
            },
            Provider::File if path.is_empty() => Err(unresolved(format!(
                "`${{{reference}}}` must name a file and a key in it"
            ))),
            Provider::File => {
                let bytes = read_file(key, Path::new(path))?;
                let found = properties::parse_bytes(&bytes)?
                    .into_iter()
                    .rev()
                    .find(|property| property.key == item);
                match found {
                    Some(property) => Ok(Some(property.value)),
                    None => Err(unresolved(format!("`{path}` has no key `{item}`"))),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    fn providers() -> Substitution {
        Substitution::of(&pairs(&[
            ("config.providers", "env, file,dir"),
            (
                "config.providers.env.class",
                "org.apache.kafka.common.config.provider.EnvVarConfigProvider",
            ),
            (
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider",
            ),
            (
                "config.providers.dir.class",
                "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
            ),
        ]))
        .unwrap()
    }

    #[test]
    fn nothing_is_replaced_unless_it_is_declared() {
        let none = Substitution::of(&pairs(&[("client.id", "x")])).unwrap();
        assert_eq!(none.apply("k", "${env:PATH}").unwrap(), "${env:PATH}");
        assert_eq!(
            providers().apply("k", "a ${vault:x:y} ${env ${").unwrap(),
            "a ${vault:x:y} ${env ${"
        );
    }

    #[test]
    fn variables_and_files_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("secrets.properties");
        std::fs::write(&file, "db\\:pass = first\npassword = hunter\\u0032\n").unwrap();
        let (dir, file) = (dir.path().display(), file.display());
        assert_eq!(
            providers()
                .apply("k", &format!("<${{file:{file}:password}}>"))
                .unwrap(),
            "<hunter2>"
        );
        let whole = providers()
            .apply("k", &format!("${{dir:{dir}:secrets.properties}}"))
            .unwrap();
        assert!(whole.starts_with("db"), "{whole}");
        let path = std::env::var("PATH").unwrap();
        assert_eq!(
            providers().apply("k", "${env:PATH}${env:PATH}").unwrap(),
            format!("{path}{path}")
        );
    }

    #[test]
    fn references_that_lead_nowhere_are_errors() {
        for reference in [
            "${env:NO_SUCH_VARIABLE_HERE}",
            "${env:a:PATH}",
            "${file:key}",
            "${file:/nowhere/x:key}",
            "${dir:/tmp:../x}",
        ] {
            assert!(
                providers().apply("sasl.password", reference).is_err(),
                "{reference}"
            );
        }
        let unknown = pairs(&[
            ("config.providers", "x"),
            ("config.providers.x.class", "com.example.Vault"),
        ]);
        assert!(Substitution::of(&unknown).is_err());
    }
}

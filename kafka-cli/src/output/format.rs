use serde::Serialize;
use serde_json::{Value, json};

use super::table::Table;
use super::{Item, Output};
use crate::error::CliError;

/// The format of data on stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, to read
    Table,
    /// A table with more columns
    Wide,
    /// One JSON document
    Json,
    /// One JSON object a line, without the envelope
    Jsonl,
    /// One YAML document
    Yaml,
    /// Comma-separated values (RFC 4180)
    Csv,
    /// Tab-separated values
    Tsv,
    /// Names alone, one a line
    Name,
}

impl Format {
    /// Whether these words ask for JSON, as far as that can be told where they are no command line.
    pub fn typed_is_json(words: impl Iterator<Item = String>) -> bool {
        let mut asked = std::env::var("KAFKACTL_OUTPUT").unwrap_or_default();
        let mut words = words.skip(1);
        while let Some(word) = words.next() {
            let short = word.strip_prefix("-o").filter(|_| !word.starts_with("--"));
            match (word.as_str(), short, word.strip_prefix("--output=")) {
                ("--", ..) => break,
                ("-o" | "--output", ..) => asked = words.next().unwrap_or_default(),
                (_, Some(value), _) => asked = value.trim_start_matches('=').to_owned(),
                (_, _, Some(value)) => asked = value.to_owned(),
                _ => {}
            }
        }
        matches!(asked.as_str(), "json" | "jsonl")
    }
}

/// What a command found: items, and what failed for single ones.
#[derive(Debug, Clone)]
pub struct Listing<T> {
    /// The cluster that was asked, where one was.
    pub cluster_id: Option<String>,
    /// What was found or done.
    pub items: Vec<T>,
    /// What failed, by item.
    pub errors: Vec<ItemError>,
}

/// What failed for one item of several.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ItemError {
    /// The item.
    pub item: String,
    /// Kafka's name of the error, or the client's.
    pub code: String,
    /// What happened.
    pub message: String,
    /// Whether trying again may help.
    pub retriable: bool,
}

impl ItemError {
    /// What failed for `item`.
    pub fn of(item: &str, error: &CliError) -> Self {
        Self {
            item: item.to_owned(),
            code: error.code.clone().unwrap_or_else(|| error.kind.name().to_owned()),
            message: error.to_line(),
            retriable: error.retriable,
        }
    }
}

impl<T> Listing<T> {
    /// A listing without failures.
    pub fn of(cluster_id: Option<String>, items: Vec<T>) -> Self {
        Self {
            cluster_id,
            items,
            errors: Vec::new(),
        }
    }
}

/// The text of a listing in the format that `output` asks for.
pub(super) fn render<T: Item>(output: &Output, listing: &Listing<T>) -> Result<String, CliError> {
    let shown = &listing.items[..output.limit.unwrap_or(usize::MAX).min(listing.items.len())];
    match output.format {
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&envelope(listing, shown)?)?;
            text.push('\n');
            Ok(text)
        }
        Format::Yaml => Ok(serde_saphyr::to_string(&envelope(listing, shown)?)?),
        Format::Jsonl => shown.iter().try_fold(String::new(), |mut text, item| {
            text.push_str(&serde_json::to_string(item)?);
            text.push('\n');
            Ok(text)
        }),
        Format::Name => Ok(shown.iter().map(|item| item.name() + "\n").collect()),
        Format::Csv => Ok(separated(
            &arranged(output, T::table(shown, &output.style), true)?,
            output,
            ',',
        )),
        Format::Tsv => Ok(separated(
            &arranged(output, T::table(shown, &output.style), true)?,
            output,
            '\t',
        )),
        Format::Table | Format::Wide => {
            let wide = output.format == Format::Wide;
            let mut text = String::new();
            for (place, mut section) in T::sections(shown, &output.style).into_iter().enumerate() {
                if place > 0 {
                    text.push('\n');
                }
                section.table = section
                    .table
                    .map(|table| arranged(output, table, wide))
                    .transpose()?;
                text.push_str(&section.to_text(!output.no_headers));
            }
            Ok(text)
        }
    }
}

fn envelope<T: Item>(listing: &Listing<T>, shown: &[T]) -> Result<Value, CliError> {
    let mut whole = json!({ "apiVersion": "kafkactl/v1", "kind": T::KIND });
    if let Some(cluster_id) = &listing.cluster_id {
        whole["clusterId"] = json!(cluster_id);
    }
    whole["items"] = serde_json::to_value(shown)?;
    whole["errors"] = serde_json::to_value(&listing.errors)?;
    Ok(whole)
}

/// The table with the columns and the order that the flags ask for.
fn arranged(output: &Output, mut table: Table, wide: bool) -> Result<Table, CliError> {
    let known = table.names().join(", ");
    let no_column = |name: String| {
        CliError::usage(format!("there is no column `{name}`")).hint(format!("the columns are {known}"))
    };
    if let Some((column, descending)) = &output.sort_by {
        table.sort_by(column, *descending).map_err(no_column)?;
    }
    if !output.columns.is_empty() {
        table.select(&output.columns).map_err(no_column)?;
    } else if !wide {
        table.narrow();
    }
    Ok(table)
}

fn separated(table: &Table, output: &Output, separator: char) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                text.push(separator);
            }
            match separator {
                ',' if cell.contains([',', '"', '\n', '\r']) => {
                    text.push('"');
                    text.push_str(&cell.replace('"', "\"\""));
                    text.push('"');
                }
                '\t' => text.push_str(&cell.replace(['\t', '\n', '\r'], " ")),
                _ => text.push_str(cell),
            }
        }
        text.push('\n');
    };
    if !output.no_headers {
        line(&mut table.columns.iter().map(|column| column.name));
    }
    for row in &table.rows {
        line(&mut row.iter().map(String::as_str));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Column, Style, TimeStyle};

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Thing {
        name: String,
        size: u32,
    }

    impl Item for Thing {
        const KIND: &'static str = "ThingList";

        fn name(&self) -> String {
            self.name.clone()
        }

        fn table(items: &[Self], _: &Style) -> Table {
            let mut table = Table::new(&[Column::text("NAME"), Column::number("SIZE").wide()]);
            for item in items {
                table.row(vec![item.name.clone(), item.size.to_string()]);
            }
            table
        }
    }

    fn rendered(format: Format, limit: Option<usize>) -> String {
        let output = Output {
            format,
            columns: Vec::new(),
            sort_by: None,
            no_headers: false,
            limit,
            quiet: false,
            no_progress: true,
            style: Style {
                time: TimeStyle::EpochMs,
            },
        };
        let items = vec![
            Thing {
                name: "a,\"b\"".into(),
                size: 2,
            },
            Thing {
                name: "c".into(),
                size: 1,
            },
        ];
        render(&output, &Listing::of(Some("id".into()), items)).expect("renders")
    }

    #[test]
    fn json_is_recognized_in_a_wrong_command_line() {
        let is_json = |line: &str| Format::typed_is_json(line.split(' ').map(str::to_owned));
        assert!(is_json("kafkactl -o json x"));
        assert!(is_json("kafkactl x -ojsonl"));
        assert!(is_json("kafkactl --output=json"));
        assert!(!is_json("kafkactl x -o yaml --output-json -- -o json"));
        assert!(!is_json("kafkactl x -o"));
    }

    #[test]
    fn each_format() {
        assert_eq!(rendered(Format::Table, None), "NAME\na,\"b\"\nc\n");
        assert_eq!(rendered(Format::Wide, Some(1)), "NAME   SIZE\na,\"b\"     2\n");
        assert_eq!(rendered(Format::Csv, None), "NAME,SIZE\n\"a,\"\"b\"\"\",2\nc,1\n");
        assert_eq!(rendered(Format::Tsv, Some(1)), "NAME\tSIZE\na,\"b\"\t2\n");
        assert_eq!(rendered(Format::Name, None), "a,\"b\"\nc\n");
        assert_eq!(
            rendered(Format::Jsonl, Some(1)),
            "{\"name\":\"a,\\\"b\\\"\",\"size\":2}\n"
        );
        let whole: Value = serde_json::from_str(&rendered(Format::Json, None)).expect("is JSON");
        assert_eq!(whole["apiVersion"], "kafkactl/v1");
        assert_eq!(whole["kind"], "ThingList");
        assert_eq!(whole["clusterId"], "id");
        assert_eq!(whole["items"][1]["size"], 1);
        assert_eq!(whole["errors"], json!([]));
        assert!(rendered(Format::Yaml, None).contains("kind: ThingList"));
    }
}

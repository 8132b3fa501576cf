#compdef kafkactl

autoload -U is-at-least

_kafkactl() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'-V[Print version]' \
'--version[Print version]' \
":: :_kafkactl_commands" \
"*::: :->kafkactl" \
&& ret=0
    case $state in
    (kafkactl)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-command-$line[1]:"
        case $line[1] in
            (topics)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__topics_commands" \
"*::: :->topics" \
&& ret=0

    case $state in
    (topics)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-topics-command-$line[1]:"
        case $line[1] in
            (alter)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'-p+[Number of partitions afterwards]:N:_default' \
'--partitions=[Number of partitions afterwards]:N:_default' \
'*-c+[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--unset=[A setting to give its default back (repeatable)]:KEY:_default' \
'*--append=[Values to add to a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'*--subtract=[Values to take from a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--dry-run[Let the brokers check, but change nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'-p+[Number of partitions afterwards]:N:_default' \
'--partitions=[Number of partitions afterwards]:N:_default' \
'*-c+[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--unset=[A setting to give its default back (repeatable)]:KEY:_default' \
'*--append=[Values to add to a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'*--subtract=[Values to take from a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--dry-run[Let the brokers check, but change nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(create)
_arguments "${_arguments_options[@]}" : \
'-p+[Number of partitions]:N:_default' \
'--partitions=[Number of partitions]:N:_default' \
'-r+[Replicas of each partition]:N:_default' \
'--replication-factor=[Replicas of each partition]:N:_default' \
'*-c+[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'(-p --partitions -r --replication-factor)--replica-assignment=[Brokers of each partition\: those of one partition joined by \`\:\`, partitions by \`,\`; the first leads]:1:2,2:3:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-not-exists[Take a topic that exists for created]' \
'--dry-run[Let the brokers check, but create nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'-p+[Number of partitions]:N:_default' \
'--partitions=[Number of partitions]:N:_default' \
'-r+[Replicas of each partition]:N:_default' \
'--replication-factor=[Replicas of each partition]:N:_default' \
'*-c+[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'(-p --partitions -r --replication-factor)--replica-assignment=[Brokers of each partition\: those of one partition joined by \`\:\`, partitions by \`,\`; the first leads]:1:2,2:3:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-not-exists[Take a topic that exists for created]' \
'--dry-run[Let the brokers check, but create nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Delete the topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[Delete the topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-exists[Take a topic that does not exist for deleted]' \
'--dry-run[Say what would be deleted, and delete nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(rm)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Delete the topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[Delete the topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-exists[Take a topic that does not exist for deleted]' \
'--dry-run[Say what would be deleted, and delete nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(describe)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[The topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--all-configs[Settings that have their default value, too]' \
'--under-replicated[Only partitions with a replica that is not in sync]' \
'--unavailable[Only partitions without a leader]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[The topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--all-configs[Settings that have their default value, too]' \
'--under-replicated[Only partitions with a replica that is not in sync]' \
'--unavailable[Only partitions without a leader]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--internal[Kafka'\''s own topics, too]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::pattern -- Only topics whose whole names match:_default' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--internal[Kafka'\''s own topics, too]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::pattern -- Only topics whose whole names match:_default' \
&& ret=0
;;
        esac
    ;;
esac
;;
(t)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__topics_commands" \
"*::: :->topics" \
&& ret=0

    case $state in
    (topics)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-topics-command-$line[1]:"
        case $line[1] in
            (alter)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'-p+[Number of partitions afterwards]:N:_default' \
'--partitions=[Number of partitions afterwards]:N:_default' \
'*-c+[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--unset=[A setting to give its default back (repeatable)]:KEY:_default' \
'*--append=[Values to add to a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'*--subtract=[Values to take from a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--dry-run[Let the brokers check, but change nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'-p+[Number of partitions afterwards]:N:_default' \
'--partitions=[Number of partitions afterwards]:N:_default' \
'*-c+[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting to set (repeatable)]:KEY=VALUE:_default' \
'*--unset=[A setting to give its default back (repeatable)]:KEY:_default' \
'*--append=[Values to add to a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'*--subtract=[Values to take from a setting that is a list (repeatable)]:KEY=VALUES:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--dry-run[Let the brokers check, but change nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(create)
_arguments "${_arguments_options[@]}" : \
'-p+[Number of partitions]:N:_default' \
'--partitions=[Number of partitions]:N:_default' \
'-r+[Replicas of each partition]:N:_default' \
'--replication-factor=[Replicas of each partition]:N:_default' \
'*-c+[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'(-p --partitions -r --replication-factor)--replica-assignment=[Brokers of each partition\: those of one partition joined by \`\:\`, partitions by \`,\`; the first leads]:1:2,2:3:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-not-exists[Take a topic that exists for created]' \
'--dry-run[Let the brokers check, but create nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'-p+[Number of partitions]:N:_default' \
'--partitions=[Number of partitions]:N:_default' \
'-r+[Replicas of each partition]:N:_default' \
'--replication-factor=[Replicas of each partition]:N:_default' \
'*-c+[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'*--config=[A setting of the topics (repeatable)]:KEY=VALUE:_default' \
'(-p --partitions -r --replication-factor)--replica-assignment=[Brokers of each partition\: those of one partition joined by \`\:\`, partitions by \`,\`; the first leads]:1:2,2:3:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-not-exists[Take a topic that exists for created]' \
'--dry-run[Let the brokers check, but create nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Delete the topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[Delete the topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-exists[Take a topic that does not exist for deleted]' \
'--dry-run[Say what would be deleted, and delete nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(rm)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Delete the topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[Delete the topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--if-exists[Take a topic that does not exist for deleted]' \
'--dry-run[Say what would be deleted, and delete nothing]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(describe)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[The topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--all-configs[Settings that have their default value, too]' \
'--under-replicated[Only partitions with a replica that is not in sync]' \
'--unavailable[Only partitions without a leader]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Topics whose whole names match]:REGEX:_default' \
'(--regex)*--id=[The topic with this id (repeatable)]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--all-configs[Settings that have their default value, too]' \
'--under-replicated[Only partitions with a replica that is not in sync]' \
'--unavailable[Only partitions without a leader]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::names -- Names of the topics:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--internal[Kafka'\''s own topics, too]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::pattern -- Only topics whose whole names match:_default' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--internal[Kafka'\''s own topics, too]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::pattern -- Only topics whose whole names match:_default' \
&& ret=0
;;
        esac
    ;;
esac
;;
(produce)
_arguments "${_arguments_options[@]}" : \
'-i+[How the input is read\: a record a line, a JSON object a line, or all of it as one value]:lines|jsonl|raw:((lines\:"A record a line"
jsonl\:"A JSON object a line"
raw\:"All of it as one value"))' \
'--input=[How the input is read\: a record a line, a JSON object a line, or all of it as one value]:lines|jsonl|raw:((lines\:"A record a line"
jsonl\:"A JSON object a line"
raw\:"All of it as one value"))' \
'(-i --input)-v+[A record with this value, without reading any input; @FILE takes it from a file]:VALUE:_default' \
'(-i --input)--value=[A record with this value, without reading any input; @FILE takes it from a file]:VALUE:_default' \
'-k+[The key of every record that has none of its own; @FILE takes it from a file]:KEY:_default' \
'--key=[The key of every record that has none of its own; @FILE takes it from a file]:KEY:_default' \
'*-H+[A header of every record (repeatable)]:NAME=VALUE:_default' \
'*--header=[A header of every record (repeatable)]:NAME=VALUE:_default' \
'-p+[The partition of every record that names none]:N:_default' \
'--partition=[The partition of every record that names none]:N:_default' \
'--timestamp=[The timestamp of every record that has none\: RFC 3339, milliseconds since 1970, or -1h]:TIME:_default' \
'--key-separator=[What stands between key and value of a line; \\t and \\xNN are understood]:TEXT:_default' \
'--headers-separator=[What stands between a line'\''s headers (name\:value,name\:value) and the rest]:TEXT:_default' \
'--null-marker=[A key or value that means null]:TEXT:_default' \
'-z+[The codec, with a level where it has levels]:none|gzip|snappy|lz4|zstd[:LEVEL]:_default' \
'--compression=[The codec, with a level where it has levels]:none|gzip|snappy|lz4|zstd[:LEVEL]:_default' \
'--acks=[Whose word a record needs to count as written]:0|1|all:_default' \
'--rate=[At most so many records a second]:N:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'(--null-marker)-Z[Empty values mean null]' \
'(--null-marker)--empty-is-null[Empty values mean null]' \
'--create[Let the brokers create a topic that does not exist, with their defaults]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::topic -- The topic; with -i jsonl the records may name it themselves:_default' \
'*::files -- Files to read instead of stdin, each as @FILE:_files' \
&& ret=0
;;
(p)
_arguments "${_arguments_options[@]}" : \
'-i+[How the input is read\: a record a line, a JSON object a line, or all of it as one value]:lines|jsonl|raw:((lines\:"A record a line"
jsonl\:"A JSON object a line"
raw\:"All of it as one value"))' \
'--input=[How the input is read\: a record a line, a JSON object a line, or all of it as one value]:lines|jsonl|raw:((lines\:"A record a line"
jsonl\:"A JSON object a line"
raw\:"All of it as one value"))' \
'(-i --input)-v+[A record with this value, without reading any input; @FILE takes it from a file]:VALUE:_default' \
'(-i --input)--value=[A record with this value, without reading any input; @FILE takes it from a file]:VALUE:_default' \
'-k+[The key of every record that has none of its own; @FILE takes it from a file]:KEY:_default' \
'--key=[The key of every record that has none of its own; @FILE takes it from a file]:KEY:_default' \
'*-H+[A header of every record (repeatable)]:NAME=VALUE:_default' \
'*--header=[A header of every record (repeatable)]:NAME=VALUE:_default' \
'-p+[The partition of every record that names none]:N:_default' \
'--partition=[The partition of every record that names none]:N:_default' \
'--timestamp=[The timestamp of every record that has none\: RFC 3339, milliseconds since 1970, or -1h]:TIME:_default' \
'--key-separator=[What stands between key and value of a line; \\t and \\xNN are understood]:TEXT:_default' \
'--headers-separator=[What stands between a line'\''s headers (name\:value,name\:value) and the rest]:TEXT:_default' \
'--null-marker=[A key or value that means null]:TEXT:_default' \
'-z+[The codec, with a level where it has levels]:none|gzip|snappy|lz4|zstd[:LEVEL]:_default' \
'--compression=[The codec, with a level where it has levels]:none|gzip|snappy|lz4|zstd[:LEVEL]:_default' \
'--acks=[Whose word a record needs to count as written]:0|1|all:_default' \
'--rate=[At most so many records a second]:N:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'(--null-marker)-Z[Empty values mean null]' \
'(--null-marker)--empty-is-null[Empty values mean null]' \
'--create[Let the brokers create a topic that does not exist, with their defaults]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'::topic -- The topic; with -i jsonl the records may name it themselves:_default' \
'*::files -- Files to read instead of stdin, each as @FILE:_files' \
&& ret=0
;;
(consume)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Read all topics whose names match, new ones included when there is a group]:REGEX:_default' \
'-g+[Read as a member of this group, and commit what was printed]:GROUP:_default' \
'--group=[Read as a member of this group, and commit what was printed]:GROUP:_default' \
'--instance-id=[A name for this member that outlives it (static membership)]:ID:_default' \
'(-g --group)-p+[Only these partitions]:0,2-5:_default' \
'(-g --group)--partitions=[Only these partitions]:0,2-5:_default' \
'(--from-beginning --tail -g --group)-s+[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning --tail -g --group)--offset=[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning --tail -g --group)--start=[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning -g --group)--tail=[Begin so many records before the end of each partition]:N:_default' \
'-n+[End after so many records]:N:_default' \
'--max-records=[End after so many records]:N:_default' \
'--idle-timeout=[End when no record came for so long; with -n that is a failure]:DURATION:_default' \
'(-O --record-output)-f+[Print each record by this format]:FORMAT:_default' \
'(-O --record-output)--format=[Print each record by this format]:FORMAT:_default' \
'-O+[How records are printed \[default\: value, or as -o says\]]:value|jsonl|json|table|hex|raw:((value\:"The value and a line end"
jsonl\:"A JSON object a line; \`produce -i jsonl\` reads it back byte for byte"
json\:"One JSON document"
table\:"Partition, offset, time, key and value in columns"
hex\:"A dump of key and value in hexadecimal"
raw\:"Values with nothing between them"))' \
'--record-output=[How records are printed \[default\: value, or as -o says\]]:value|jsonl|json|table|hex|raw:((value\:"The value and a line end"
jsonl\:"A JSON object a line; \`produce -i jsonl\` reads it back byte for byte"
json\:"One JSON document"
table\:"Partition, offset, time, key and value in columns"
hex\:"A dump of key and value in hexadecimal"
raw\:"Values with nothing between them"))' \
'*-G+[Only records in which k\:REGEX, v\:REGEX or h\:NAME=REGEX matches; ! in front turns it around (repeatable)]:FILTER:_default' \
'*--grep=[Only records in which k\:REGEX, v\:REGEX or h\:NAME=REGEX matches; ! in front turns it around (repeatable)]:FILTER:_default' \
'--rack=[Read from replicas in this rack where the brokers allow it]:RACK:_default' \
'--out=[Write to this file instead of stdout]:FILE:_files' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-commit[Do not commit]' \
'--from-beginning[Begin with the oldest record; with a group, only where it has committed nothing]' \
'--earliest[Begin with the oldest record; with a group, only where it has committed nothing]' \
'-e[End where the partitions ended when the command began]' \
'--exit[End where the partitions ended when the command began]' \
'--read-committed[Print records of committed transactions only]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::topics -- Topics to read:_default' \
&& ret=0
;;
(c)
_arguments "${_arguments_options[@]}" : \
'()--regex=[Read all topics whose names match, new ones included when there is a group]:REGEX:_default' \
'-g+[Read as a member of this group, and commit what was printed]:GROUP:_default' \
'--group=[Read as a member of this group, and commit what was printed]:GROUP:_default' \
'--instance-id=[A name for this member that outlives it (static membership)]:ID:_default' \
'(-g --group)-p+[Only these partitions]:0,2-5:_default' \
'(-g --group)--partitions=[Only these partitions]:0,2-5:_default' \
'(--from-beginning --tail -g --group)-s+[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning --tail -g --group)--offset=[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning --tail -g --group)--start=[Where to begin, and where to end]:SPEC:_default' \
'(--from-beginning -g --group)--tail=[Begin so many records before the end of each partition]:N:_default' \
'-n+[End after so many records]:N:_default' \
'--max-records=[End after so many records]:N:_default' \
'--idle-timeout=[End when no record came for so long; with -n that is a failure]:DURATION:_default' \
'(-O --record-output)-f+[Print each record by this format]:FORMAT:_default' \
'(-O --record-output)--format=[Print each record by this format]:FORMAT:_default' \
'-O+[How records are printed \[default\: value, or as -o says\]]:value|jsonl|json|table|hex|raw:((value\:"The value and a line end"
jsonl\:"A JSON object a line; \`produce -i jsonl\` reads it back byte for byte"
json\:"One JSON document"
table\:"Partition, offset, time, key and value in columns"
hex\:"A dump of key and value in hexadecimal"
raw\:"Values with nothing between them"))' \
'--record-output=[How records are printed \[default\: value, or as -o says\]]:value|jsonl|json|table|hex|raw:((value\:"The value and a line end"
jsonl\:"A JSON object a line; \`produce -i jsonl\` reads it back byte for byte"
json\:"One JSON document"
table\:"Partition, offset, time, key and value in columns"
hex\:"A dump of key and value in hexadecimal"
raw\:"Values with nothing between them"))' \
'*-G+[Only records in which k\:REGEX, v\:REGEX or h\:NAME=REGEX matches; ! in front turns it around (repeatable)]:FILTER:_default' \
'*--grep=[Only records in which k\:REGEX, v\:REGEX or h\:NAME=REGEX matches; ! in front turns it around (repeatable)]:FILTER:_default' \
'--rack=[Read from replicas in this rack where the brokers allow it]:RACK:_default' \
'--out=[Write to this file instead of stdout]:FILE:_files' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-commit[Do not commit]' \
'--from-beginning[Begin with the oldest record; with a group, only where it has committed nothing]' \
'--earliest[Begin with the oldest record; with a group, only where it has committed nothing]' \
'-e[End where the partitions ended when the command began]' \
'--exit[End where the partitions ended when the command began]' \
'--read-committed[Print records of committed transactions only]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::topics -- Topics to read:_default' \
&& ret=0
;;
(groups)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__groups_commands" \
"*::: :->groups" \
&& ret=0

    case $state in
    (groups)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-groups-command-$line[1]:"
        case $line[1] in
            (describe)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'()--all[All groups]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::groups -- Names of the groups:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'()--all[All groups]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::groups -- Names of the groups:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'*--state=[Only groups in these states, e.g. Stable, Empty]:STATE,…:_default' \
'*--type=[Only groups of these types\: classic, consumer, share, streams]:TYPE,…:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'*--state=[Only groups in these states, e.g. Stable, Empty]:STATE,…:_default' \
'*--type=[Only groups of these types\: classic, consumer, share, streams]:TYPE,…:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
        esac
    ;;
esac
;;
(g)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__groups_commands" \
"*::: :->groups" \
&& ret=0

    case $state in
    (groups)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-groups-command-$line[1]:"
        case $line[1] in
            (describe)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'()--all[All groups]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::groups -- Names of the groups:_default' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'()--all[All groups]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::groups -- Names of the groups:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'*--state=[Only groups in these states, e.g. Stable, Empty]:STATE,…:_default' \
'*--type=[Only groups of these types\: classic, consumer, share, streams]:TYPE,…:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'*--state=[Only groups in these states, e.g. Stable, Empty]:STATE,…:_default' \
'*--type=[Only groups of these types\: classic, consumer, share, streams]:TYPE,…:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
        esac
    ;;
esac
;;
(cluster)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__cluster_commands" \
"*::: :->cluster" \
&& ret=0

    case $state in
    (cluster)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-cluster-command-$line[1]:"
        case $line[1] in
            (info)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(describe)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
        esac
    ;;
esac
;;
(quickstart)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--stay[Keep the cluster up until Ctrl-C, to try commands in another terminal; at port 9092 when it is free]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(sandbox)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__sandbox_commands" \
"*::: :->sandbox" \
&& ret=0

    case $state in
    (sandbox)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-sandbox-command-$line[1]:"
        case $line[1] in
            (faults)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__sandbox__subcmd__faults_commands" \
"*::: :->faults" \
&& ret=0

    case $state in
    (faults)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-sandbox-faults-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'()-f+[A file of faults, a line each]:FILE:_files' \
'()--file=[A file of faults, a line each]:FILE:_files' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::words -- The fault, as one argument or as words:_default' \
&& ret=0
;;
(clear)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::words -- The rule, as one argument or as words:_default' \
&& ret=0
;;
(rm)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
'*::words -- The rule, as one argument or as words:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
        esac
    ;;
esac
;;
(up)
_arguments "${_arguments_options[@]}" : \
'--brokers=[Number of brokers]:N:_default' \
'--port=[Port of the first broker, the others take those that follow; 0 takes any free ones]:PORT:_default' \
'--host=[Address to listen at]:HOST:_default' \
'--advertise=[Host that clients are told to connect to \[default\: that of --host, or localhost\]]:HOST:_default' \
'*--topic=[A topic to create, with its number of partitions (repeatable) \[default\: 1 partition\]]:NAME[:PARTITIONS]:_default' \
'--data=[Directory to keep records in, and all else that lasts \[default\: in memory\]]:DIR:_files' \
'*--sasl=[Have clients log in, by plain, scram-256, scram-512, or scram for both (repeatable)]:MECHANISM:USER:PASSWORD:_default' \
'--faults=[File of faults to begin with, a line each\: see \`kafkactl sandbox faults add --help\`]:FILE:_files' \
'--as=[Release of Apache Kafka to behave like\: 2.1, 2.8, 3.9, 4.0 or 4.4]:RELEASE:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--tls[Encrypt connections, and write what clients need for that]' \
'--acls[Enforce access control\: needs --sasl, whose first user may do everything, or --tls, then the client of the certificate that is written]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(start)
_arguments "${_arguments_options[@]}" : \
'--brokers=[Number of brokers]:N:_default' \
'--port=[Port of the first broker, the others take those that follow; 0 takes any free ones]:PORT:_default' \
'--host=[Address to listen at]:HOST:_default' \
'--advertise=[Host that clients are told to connect to \[default\: that of --host, or localhost\]]:HOST:_default' \
'*--topic=[A topic to create, with its number of partitions (repeatable) \[default\: 1 partition\]]:NAME[:PARTITIONS]:_default' \
'--data=[Directory to keep records in, and all else that lasts \[default\: in memory\]]:DIR:_files' \
'*--sasl=[Have clients log in, by plain, scram-256, scram-512, or scram for both (repeatable)]:MECHANISM:USER:PASSWORD:_default' \
'--faults=[File of faults to begin with, a line each\: see \`kafkactl sandbox faults add --help\`]:FILE:_files' \
'--as=[Release of Apache Kafka to behave like\: 2.1, 2.8, 3.9, 4.0 or 4.4]:RELEASE:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--tls[Encrypt connections, and write what clients need for that]' \
'--acls[Enforce access control\: needs --sasl, whose first user may do everything, or --tls, then the client of the certificate that is written]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
        esac
    ;;
esac
;;
(contexts)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__contexts_commands" \
"*::: :->contexts" \
&& ret=0

    case $state in
    (contexts)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-contexts-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'*--servers=[Brokers to start from, comma-separated]:HOST:PORT,…:_default' \
'--properties=[A Java properties file with connection and security settings]:FILE:_files' \
'--cluster-id=[The id the cluster must have]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--protected[Destructive commands ask for the context'\''s name]' \
'--only-read[Refuse commands that change something]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'*--servers=[Brokers to start from, comma-separated]:HOST:PORT,…:_default' \
'--properties=[A Java properties file with connection and security settings]:FILE:_files' \
'--cluster-id=[The id the cluster must have]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--protected[Destructive commands ask for the context'\''s name]' \
'--only-read[Refuse commands that change something]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(current)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(rm)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(describe)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(use)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
        esac
    ;;
esac
;;
(ctx)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_kafkactl__subcmd__contexts_commands" \
"*::: :->contexts" \
&& ret=0

    case $state in
    (contexts)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:kafkactl-contexts-command-$line[1]:"
        case $line[1] in
            (add)
_arguments "${_arguments_options[@]}" : \
'*--servers=[Brokers to start from, comma-separated]:HOST:PORT,…:_default' \
'--properties=[A Java properties file with connection and security settings]:FILE:_files' \
'--cluster-id=[The id the cluster must have]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--protected[Destructive commands ask for the context'\''s name]' \
'--only-read[Refuse commands that change something]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'*--servers=[Brokers to start from, comma-separated]:HOST:PORT,…:_default' \
'--properties=[A Java properties file with connection and security settings]:FILE:_files' \
'--cluster-id=[The id the cluster must have]:ID:_default' \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--protected[Destructive commands ask for the context'\''s name]' \
'--only-read[Refuse commands that change something]' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(current)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(rm)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(ls)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(describe)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(use)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':name -- The context'\''s name:_default' \
&& ret=0
;;
        esac
    ;;
esac
;;
(completion)
_arguments "${_arguments_options[@]}" : \
'-b+[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'--bootstrap-server=[Brokers to start from, comma-separated \[default\: the context'\''s, else localhost\:9092\]]:HOST:PORT,…:_default' \
'(-b --bootstrap-server)--brokers=[Another name of --bootstrap-server; one of its own, because a command may mean something else by it]:HOST:PORT,…:_default' \
'-C+[A context of the configuration file to take the cluster from]:NAME:_default' \
'--context=[A context of the configuration file to take the cluster from]:NAME:_default' \
'-F+[A Java client.properties file with connection and security settings]:FILE:_files' \
'--command-config=[A Java client.properties file with connection and security settings]:FILE:_files' \
'*-X+[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'*--property=[A client setting by its Java name, before all files (repeatable)]:KEY=VALUE:_default' \
'--config-file=[kafkactl'\''s own configuration file \[default\: config.toml in kafkactl'\''s configuration folder\]]:FILE:_files' \
'-o+[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'--output=[The format of data on stdout]:table|wide|json|jsonl|yaml|csv|tsv|name:((table\:"Aligned columns, to read"
wide\:"A table with more columns"
json\:"One JSON document"
jsonl\:"One JSON object a line, without the envelope"
yaml\:"One YAML document"
csv\:"Comma-separated values (RFC 4180)"
tsv\:"Tab-separated values"
name\:"Names alone, one a line"))' \
'*--columns=[Columns to show, in this order]:A,B:_default' \
'--sort-by=[A column to sort by; COLUMN\:desc turns the order around]:COLUMN:_default' \
'--limit=[Show at most so many items]:N:_default' \
'--color=[When to use colour]:auto|always|never:(auto always never)' \
'--time-format=[How times are written]:rfc3339|local|epoch-ms:((rfc3339\:"\`2026-01-31T09\:30\:00.123Z\`"
local\:"As RFC 3339, with the machine'\''s time zone"
epoch-ms\:"Milliseconds since 1970"))' \
'--timeout=[How long an operation may take in all, e.g. 30s]:DURATION:_default' \
'--client-id=[The name under which brokers log this client]:ID:_default' \
'--no-headers[Leave out the headers of tables]' \
'-q[Leave out messages about what was done]' \
'--quiet[Leave out messages about what was done]' \
'*--verbose[Log what the client does to stderr; twice for more, three times for all]' \
'--no-progress[Never show progress]' \
'-y[Do not ask before destructive work]' \
'--yes[Do not ask before destructive work]' \
'--read-only[Refuse every command that would change something]' \
'-h[Print help]' \
'--help[Print help]' \
':shell -- The shell:(bash elvish fish powershell zsh)' \
&& ret=0
;;
        esac
    ;;
esac
}

(( $+functions[_kafkactl_commands] )) ||
_kafkactl_commands() {
    local commands; commands=(
'topics:Create, list, describe, alter and delete topics' \
't:Create, list, describe, alter and delete topics' \
'produce:Write records to a topic, from stdin, files or the command line' \
'p:Write records to a topic, from stdin, files or the command line' \
'consume:Read records from topics' \
'c:Read records from topics' \
'groups:Look at groups, their members and their lag' \
'g:Look at groups, their members and their lag' \
'cluster:Look at the cluster' \
'quickstart:See in a moment what Kafka does\: a tour on a cluster in this process' \
'sandbox:Run a Kafka-compatible cluster in this process' \
'contexts:Name clusters and switch between them' \
'ctx:Name clusters and switch between them' \
'completion:Print a completion script for a shell' \
    )
    _describe -t commands 'kafkactl commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__cluster_commands] )) ||
_kafkactl__subcmd__cluster_commands() {
    local commands; commands=(
'info:Show the cluster'\''s id, controller, brokers and features' \
'describe:Show the cluster'\''s id, controller, brokers and features' \
    )
    _describe -t commands 'kafkactl cluster commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__cluster__subcmd__info_commands] )) ||
_kafkactl__subcmd__cluster__subcmd__info_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl cluster info commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__completion_commands] )) ||
_kafkactl__subcmd__completion_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl completion commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__consume_commands] )) ||
_kafkactl__subcmd__consume_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl consume commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts_commands] )) ||
_kafkactl__subcmd__contexts_commands() {
    local commands; commands=(
'add:Add a context to the user'\''s configuration file' \
'new:Add a context to the user'\''s configuration file' \
'current:Print the name of the context in force' \
'delete:Remove a context from the user'\''s configuration file' \
'rm:Remove a context from the user'\''s configuration file' \
'list:List the contexts' \
'ls:List the contexts' \
'show:Show the settings in force and where each comes from' \
'describe:Show the settings in force and where each comes from' \
'use:Choose the context for the commands that follow' \
    )
    _describe -t commands 'kafkactl contexts commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__add_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts add commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__current_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__current_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts current commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__delete_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts delete commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__list_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts list commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__show_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts show commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__contexts__subcmd__use_commands] )) ||
_kafkactl__subcmd__contexts__subcmd__use_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl contexts use commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__groups_commands] )) ||
_kafkactl__subcmd__groups_commands() {
    local commands; commands=(
'describe:Show groups with their lag by partition and their members' \
'show:Show groups with their lag by partition and their members' \
'list:List groups' \
'ls:List groups' \
    )
    _describe -t commands 'kafkactl groups commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__groups__subcmd__describe_commands] )) ||
_kafkactl__subcmd__groups__subcmd__describe_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl groups describe commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__groups__subcmd__list_commands] )) ||
_kafkactl__subcmd__groups__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl groups list commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__produce_commands] )) ||
_kafkactl__subcmd__produce_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl produce commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__quickstart_commands] )) ||
_kafkactl__subcmd__quickstart_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl quickstart commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox_commands] )) ||
_kafkactl__subcmd__sandbox_commands() {
    local commands; commands=(
'faults:Make things go wrong in a running sandbox' \
'up:Start brokers, and keep them up until Ctrl-C' \
'start:Start brokers, and keep them up until Ctrl-C' \
    )
    _describe -t commands 'kafkactl sandbox commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox__subcmd__faults_commands] )) ||
_kafkactl__subcmd__sandbox__subcmd__faults_commands() {
    local commands; commands=(
'add:Put a rule in force, or do something to the cluster' \
'clear:Take rules out of force' \
'rm:Take rules out of force' \
'list:List the rules in force' \
'ls:List the rules in force' \
    )
    _describe -t commands 'kafkactl sandbox faults commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__add_commands] )) ||
_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__add_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl sandbox faults add commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__clear_commands] )) ||
_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__clear_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl sandbox faults clear commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__list_commands] )) ||
_kafkactl__subcmd__sandbox__subcmd__faults__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl sandbox faults list commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__sandbox__subcmd__up_commands] )) ||
_kafkactl__subcmd__sandbox__subcmd__up_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl sandbox up commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics_commands] )) ||
_kafkactl__subcmd__topics_commands() {
    local commands; commands=(
'alter:Change partitions and settings of topics' \
'set:Change partitions and settings of topics' \
'create:Create topics' \
'new:Create topics' \
'delete:Delete topics and all their records' \
'rm:Delete topics and all their records' \
'describe:Show topics with their partitions, replicas and settings' \
'show:Show topics with their partitions, replicas and settings' \
'list:List topics' \
'ls:List topics' \
    )
    _describe -t commands 'kafkactl topics commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics__subcmd__alter_commands] )) ||
_kafkactl__subcmd__topics__subcmd__alter_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl topics alter commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics__subcmd__create_commands] )) ||
_kafkactl__subcmd__topics__subcmd__create_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl topics create commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics__subcmd__delete_commands] )) ||
_kafkactl__subcmd__topics__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl topics delete commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics__subcmd__describe_commands] )) ||
_kafkactl__subcmd__topics__subcmd__describe_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl topics describe commands' commands "$@"
}
(( $+functions[_kafkactl__subcmd__topics__subcmd__list_commands] )) ||
_kafkactl__subcmd__topics__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'kafkactl topics list commands' commands "$@"
}

if [ "$funcstack[1]" = "_kafkactl" ]; then
    _kafkactl "$@"
else
    compdef _kafkactl kafkactl
fi

//! The Apache Kafka releases that can be had, and how each differs from the others.

use crate::Error;

/// One Apache Kafka release: where its jars come from and what it understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    version: &'static str,
    scala: &'static str,
    /// Whether `kafka-tools` was published with it.
    has_tools: bool,
    pub(crate) quorum: Quorum,
    pub(crate) logging: Logging,
    /// Whether key stores may be PEM files whose keys are not encrypted (KIP-651; 2.8 still demands a password).
    pub(crate) pem_stores: bool,
    pub(crate) authorizer: &'static str,
}

/// What keeps a cluster's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quorum {
    KRaft,
    ZooKeeper,
}

/// Which logging back end writes a release's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Logging {
    /// Log4j 2, added by us.
    Log4j2,
    /// Log4j 1's successor, added by us.
    Reload4j,
    /// Log4j 1, which the release brings along.
    Included,
}

const STANDARD_AUTHORIZER: &str = "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

const fn kraft4(version: &'static str) -> Release {
    Release {
        version,
        scala: "2.13",
        has_tools: true,
        quorum: Quorum::KRaft,
        logging: Logging::Log4j2,
        pem_stores: true,
        authorizer: STANDARD_AUTHORIZER,
    }
}

const fn kraft3(version: &'static str) -> Release {
    Release {
        logging: Logging::Reload4j,
        ..kraft4(version)
    }
}

/// Every release that is supported, newest first.
const RELEASES: [Release; 9] = [
    Release {
        has_tools: false,
        ..kraft4("4.4.0")
    },
    kraft4("4.3.1"),
    kraft4("4.2.1"),
    kraft4("4.1.2"),
    kraft4("4.0.2"),
    kraft3("3.9.2"),
    kraft3("3.7.2"),
    Release {
        quorum: Quorum::ZooKeeper,
        logging: Logging::Included,
        pem_stores: false,
        authorizer: "kafka.security.authorizer.AclAuthorizer",
        ..kraft3("2.8.2")
    },
    Release {
        scala: "2.12",
        quorum: Quorum::ZooKeeper,
        logging: Logging::Included,
        pem_stores: false,
        authorizer: "kafka.security.auth.SimpleAclAuthorizer",
        ..kraft3("2.1.1")
    },
];

impl Release {
    /// The newest release, which is the default.
    pub const LATEST: Self = RELEASES[0];

    /// The newest release whose command line tools were published. They work with every broker here.
    pub const TOOLS: Self = RELEASES[1];

    /// Returns every release that can be started, newest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &RELEASES
    }

    /// Finds a release by its exact version, such as `4.3.1`.
    ///
    /// # Errors
    /// [`Error::Config`] lists the versions there are.
    pub fn of(version: &str) -> Result<Self, Error> {
        RELEASES
            .iter()
            .find(|release| release.version == version)
            .copied()
            .ok_or_else(|| {
                let known: Vec<_> = RELEASES.iter().map(|release| release.version).collect();
                Error::Config(format!(
                    "Kafka {version} is not among the releases known here: {}",
                    known.join(", ")
                ))
            })
    }

    /// Returns its version, such as `4.4.0`.
    #[must_use]
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// Returns whether its command line tools can be had.
    #[must_use]
    pub fn has_tools(&self) -> bool {
        self.has_tools
    }

    /// Returns whether it keeps its metadata in ZooKeeper, as releases before KRaft do.
    #[must_use]
    pub fn uses_zookeeper(&self) -> bool {
        self.quorum == Quorum::ZooKeeper
    }

    /// Returns the Maven project whose run-time dependencies are this release.
    pub(crate) fn pom(&self) -> String {
        let mut dependencies = String::new();
        let mut add = |group: &str, artifact: &str, version: &str, exclusions: &[&str]| {
            let excluded: String = exclusions
                .iter()
                .map(|excluded| {
                    format!("<exclusion><groupId>org.apache.kafka</groupId><artifactId>{excluded}</artifactId></exclusion>")
                })
                .collect();
            dependencies.push_str(&format!(
                "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
                 <version>{version}</version><exclusions>{excluded}</exclusions></dependency>\n"
            ));
        };
        let broker = format!("kafka_{}", self.scala);
        if self.has_tools {
            add("org.apache.kafka", &broker, self.version, &[]);
            // Kafka Connect is half of the jars and serves only kafka-connect-plugin-path.
            let connect = [
                "connect-runtime",
                "connect-api",
                "connect-json",
                "connect-transforms",
            ];
            add("org.apache.kafka", "kafka-tools", self.version, &connect);
        } else {
            add("org.apache.kafka", &broker, self.version, &["kafka-tools-api"]);
            add("org.apache.kafka", "kafka-tools-api", Self::TOOLS.version, &[]);
        }
        match self.logging {
            Logging::Log4j2 => add("org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.3", &[]),
            Logging::Reload4j => add("org.slf4j", "slf4j-reload4j", "1.7.36", &[]),
            Logging::Included => {}
        }
        if self.version == "2.1.1" {
            // Its own ZooKeeper 3.4.13 resolves no address on Java 17.
            add("org.apache.zookeeper", "zookeeper", "3.5.9", &[]);
        }
        format!(
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  \
             <groupId>real-kafka</groupId><artifactId>kafka-{}</artifactId><version>1</version>\
             <packaging>pom</packaging>\n  <dependencies>\n{dependencies}  </dependencies>\n</project>\n",
            self.version
        )
    }
}

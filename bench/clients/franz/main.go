// franz-go as a peer: produce|consume BOOTSTRAP RECORDS none|lz4 VALUES_FILE. It prints "cpu_us wall_us".
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	topic      = "bench"
	partitions = 6
	valueLen   = 100
	values     = 1024
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func cpu() time.Duration {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func main() {
	if len(os.Args) != 6 {
		check(fmt.Errorf("usage: produce|consume BOOTSTRAP RECORDS CODEC VALUES_FILE"))
	}
	records, err := strconv.Atoi(os.Args[3])
	check(err)
	payload, err := os.ReadFile(os.Args[5])
	check(err)
	if os.Args[1] == "consume" {
		consume(os.Args[2], records)
	} else {
		produce(os.Args[2], records, os.Args[4], payload)
	}
}

func produce(bootstrap string, records int, codec string, payload []byte) {
	compression := kgo.NoCompression()
	if codec == "lz4" {
		compression = kgo.Lz4Compression()
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(bootstrap),
		kgo.DefaultProduceTopic(topic),
		kgo.ProducerBatchCompression(compression),
		kgo.ProducerLinger(5*time.Millisecond),
		kgo.ProducerBatchMaxBytes(131072),
		kgo.MaxBufferedRecords(100000),
	)
	check(err)
	ctx := context.Background()
	check(client.Ping(ctx))
	var failed atomic.Int64
	done := func(_ *kgo.Record, err error) {
		if err != nil {
			failed.Add(1)
		}
	}
	start, used := time.Now(), cpu()
	for i := 0; i < records; i++ {
		place := (i % values) * valueLen
		client.Produce(ctx, &kgo.Record{Value: payload[place : place+valueLen]}, done)
	}
	check(client.Flush(ctx))
	fmt.Println((cpu() - used).Microseconds(), time.Since(start).Microseconds())
	if failed.Load() > 0 {
		check(fmt.Errorf("%d records failed", failed.Load()))
	}
}

func consume(bootstrap string, records int) {
	offsets := make(map[int32]kgo.Offset)
	for p := int32(0); p < partitions; p++ {
		offsets[p] = kgo.NewOffset().At(0)
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(bootstrap),
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{topic: offsets}),
	)
	check(err)
	ctx := context.Background()
	client.PollFetches(ctx)
	start, used := time.Now(), cpu()
	bytes := 0
	for left := records; left > 0; {
		fetches := client.PollFetches(ctx)
		for _, failure := range fetches.Errors() {
			check(failure.Err)
		}
		fetches.EachRecord(func(record *kgo.Record) {
			bytes += len(record.Value)
			left--
		})
	}
	fmt.Println((cpu() - used).Microseconds(), time.Since(start).Microseconds())
	if bytes < records*valueLen {
		check(fmt.Errorf("only %d bytes", bytes))
	}
}
